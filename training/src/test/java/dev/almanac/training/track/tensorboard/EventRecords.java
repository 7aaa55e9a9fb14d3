package dev.almanac.training.track.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the event files of a run's folder hold, their checksums compared. */
final class EventRecords {
  private EventRecords() {}

  /** A value at a step. */
  record Scalar(String tag, long step, float value) {}

  static List<Path> files(Path run) throws IOException {
    try (Stream<Path> all = Files.list(run)) {
      return all.filter(file -> file.getFileName().toString().contains("tfevents"))
          .sorted()
          .toList();
    }
  }

  static List<Scalar> scalars(Path run) throws IOException {
    List<Scalar> scalars = new ArrayList<>();
    for (UnknownFieldSet event : events(run)) {
      if (!event.hasField(5)) {
        continue;
      }
      UnknownFieldSet value = message(message(event, 5), 1);
      if (value.hasField(2)) {
        scalars.add(
            new Scalar(
                value.getField(1).getLengthDelimitedList().get(0).toStringUtf8(),
                event.hasField(2) ? event.getField(2).getVarintList().get(0) : 0,
                Float.intBitsToFloat(value.getField(2).getFixed32List().get(0))));
      }
    }
    return scalars;
  }

  private static UnknownFieldSet message(UnknownFieldSet of, int field) throws IOException {
    return UnknownFieldSet.parseFrom(of.getField(field).getLengthDelimitedList().get(0));
  }

  private static List<UnknownFieldSet> events(Path run) throws IOException {
    List<UnknownFieldSet> events = new ArrayList<>();
    for (Path file : files(run)) {
      byte[] bytes = Files.readAllBytes(file);
      ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      while (in.hasRemaining()) {
        int at = in.position();
        byte[] data = new byte[(int) in.getLong()];
        assertEquals(RecordFrame.masked(bytes, at, 8), in.getInt());
        in.get(data);
        assertEquals(RecordFrame.masked(data, 0, data.length), in.getInt());
        events.add(UnknownFieldSet.parseFrom(data));
      }
    }
    return events;
  }
}
