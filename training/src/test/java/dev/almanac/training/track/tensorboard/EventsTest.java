package dev.almanac.training.track.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.DoubleNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bytes are those that TensorBoard 2.21's own classes write. */
class EventsTest {
  @Test
  void theChecksumIsTensorFlows() {
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertEquals(0xc78ab0e5, RecordFrame.masked(digits, 0, digits.length));
  }

  @Test
  void aFileBeginsWithItsVersion() {
    assertBytes(
        "1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c",
        Events.version(1.5));
  }

  @Test
  void aScalarHasATagAStepAndATime() {
    assertBytes(
        "2400000000000000422b804d09000000000000044010072a170a150a0e76616c69646174696f6e2f6d6165"
            + "150000a03fd706b282",
        Events.scalar("validation/mae", 7, 2.5, 1.25));
  }

  @Test
  void aSessionBeginsWithWhatTheRunWasMadeFrom() {
    assertBytes(
        "5800000000000000a28b2f8c0900000000000008402a4d0a4b0a1c5f68706172616d735f2f73657373696f6e"
            + "5f73746172745f696e666f4a2b0a290a0768706172616d73121e1a1c0a0e0a0161120911000000000000e0"
            + "3f220167290000000000000840e852214b",
        Events.start(Map.of("a", DoubleNode.valueOf(0.5)), "g", 3));
  }

  @Test
  void aSessionEndsWithHowTheRunDid() {
    assertBytes(
        "4500000000000000ebe668b00900000000000010402a3a0a380a1a5f68706172616d735f2f73657373696f6e"
            + "5f656e645f696e666f4a1a0a180a0768706172616d73120d220b080111000000000000104005f30cc1",
        Events.end(Events.Status.SUCCESS, 4));
  }

  private static void assertBytes(String expected, byte[] found) {
    assertEquals(expected, HexFormat.of().formatHex(found));
  }
}
