package dev.almanac.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.lease.Lease;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in a run's record is true of the run, whatever ended it. */
class RunStatesTest {
  private static final String ID = "20260101T000000Z-00000001";

  @TempDir Path folder;
  private RunStore store;
  private Run running;

  @BeforeEach
  void aRunThatIsBeingTrained() throws IOException {
    store = new RunStore(folder.toString());
    running = store.create(RunStoreTest.record(ID).resumed());
  }

  private RunState written() throws IOException {
    return Run.open(running.folder()).record().state();
  }

  @Test
  void whoeverLooksNextMarksARunLostWhoseProcessIsGone() throws IOException {
    assertEquals(RunStatus.LOST, store.list().get(0).record().status());
    assertEquals(RunStatus.LOST, written().status());
    assertEquals("its process ended without a word", written().reason());
    assertNull(written().finished(), "nobody saw when");
  }

  @Test
  void aRunThatIsOpenedByItsNameIsLookedAtToo() throws IOException {
    assertEquals(RunStatus.LOST, store.open(ID.substring(0, 12)).record().status());
    assertEquals(RunStatus.LOST, written().status());
  }

  @Test
  void whereNothingCanBeWrittenItIsShownAsLostAllTheSame() throws IOException {
    // A folder that is not empty stands where the new record would be written, whoever we are.
    Files.createDirectories(folder.resolve(ID).resolve(".run.json.writing").resolve("x"));
    Run seen = store.list().get(0);
    assertEquals(RunStatus.LOST, seen.record().status());
    assertEquals("its process ended without a word", seen.record().reason());
    assertEquals(RunStatus.RUNNING, written().status());
  }

  @Test
  void aRunIsRunningWhileItsLeaseIsHeld() throws IOException {
    try (Lease lease = Lease.take(running.folder(), "train")) {
      lease.confirm();
      assertEquals(RunStatus.RUNNING, store.list().get(0).record().status());
    }
    assertEquals(RunStatus.LOST, store.list().get(0).record().status());
  }

  @Test
  void anExecutorOfAnotherMachineIsGoneOnceItWasSilent() throws IOException {
    Path lease = folder.resolve(ID).resolve(".17-1000-0.worker-3.example.lease");
    Files.writeString(lease, "");
    assertEquals(RunStatus.RUNNING, store.list().get(0).record().status());
    Instant silent = Instant.now().minus(Lease.SILENCE).minusSeconds(5);
    Files.setLastModifiedTime(lease, FileTime.from(silent));
    RunState lost = store.list().get(0).record().state();
    assertEquals(RunStatus.LOST, lost.status());
    assertEquals(
        "its process ended without a word (process 17 on worker-3.example)", lost.reason());
  }

  @Test
  void whoWaitedForItsProcessSaysHowThatEnded() throws IOException {
    Run lost = running.settled(new ExitStatus(137));
    assertEquals(lost.record().state(), written());
    assertEquals(137, written().exitStatus());
    assertEquals(
        "its process ended with exit status 137 (SIGKILL: by hand, or by the system since memory ended)",
        written().reason());
    assertEquals(written(), lost.settled(new ExitStatus(1)).record().state(), "said once");
    assertEquals("exit status -1073741819", new ExitStatus(-1073741819).toString());
  }

  @Test
  void goingOnForgetsHowTheAttemptBeforeEnded() throws IOException {
    RunRecord failed = running.record().failed("2026-01-01T00:00:05Z", new IOException("broken"));
    assertEquals("broken", failed.state().error().message());
    assertEquals(running.record().state(), failed.resumed().state());
    RunRecord lost = running.record().lost("gone", 137);
    assertEquals(running.record().state(), lost.resumed().state());
    assertNull(lost.stopped().state().exitStatus());
    assertNull(failed.pruned("2026-01-01T00:00:06Z", "worse").state().error());
  }

  @Test
  void aProcessKilledBeforeItsRecordWasWrittenLeavesALine() throws IOException {
    for (String left : List.of(".run.json.writing", ".17-1000-0.worker-3.example.lease")) {
      Path half =
          Files.createDirectories(
              folder.resolve("20260101T00000%dZ-0".formatted(left.length() % 10)));
      Files.writeString(half.resolve(left), "{\"format-version\": 5, \"run-");
      Instant silent = Instant.now().minus(Lease.SILENCE).minusSeconds(5);
      Files.setLastModifiedTime(half.resolve(left), FileTime.from(silent));
    }
    Path empty = Files.createDirectories(folder.resolve("20260102T000000Z-0"));
    Files.writeString(empty.resolve(RunRecord.FILE), "");
    Path torn = Files.createDirectories(folder.resolve("20260102T000000Z-1"));
    String whole = Storage.readText(running.path(RunRecord.FILE));
    Files.writeString(torn.resolve(RunRecord.FILE), whole.substring(0, whole.length() / 2));
    RunListing listing = store.listing();
    assertEquals(1, listing.runs().size());
    assertEquals(4, listing.unreadable().size(), listing.unreadable().toString());
    assertEquals(
        2,
        listing.unreadable().stream()
            .filter(run -> run.reason().contains("was killed before it had written run.json"))
            .count());
  }

  @Test
  void aRunThatIsJustBeingBegunIsNoBrokenOne() throws IOException {
    String begun = folder.resolve("20260103T000000Z-0").toString();
    try (Lease lease = Lease.take(begun, "train")) {
      lease.confirm();
      assertEquals(List.of(), store.listing().unreadable());
    }
  }

  @Test
  void statesHaveNamesOfTheirOwnThatAreReadBack() {
    for (RunStatus status : RunStatus.values()) {
      assertEquals(status, RunStatus.of(status.text()));
    }
    var wrong = assertThrows(IllegalArgumentException.class, () -> RunStatus.of("done"));
    assertTrue(
        Arrays.stream(RunStatus.values())
            .allMatch(status -> wrong.getMessage().contains(status.text())));
  }
}
