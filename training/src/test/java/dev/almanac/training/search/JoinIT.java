package dev.almanac.training.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes of one study that are killed, at random moments. */
@Timeout(120)
class JoinIT {
  @TempDir Path folder;

  @RepeatedTest(5)
  void whenTheLeaderIsKilledAnotherGoesOn() throws Exception {
    Searchers searchers = new Searchers(folder);
    Process leader = searchers.search("joined");
    searchers.awaitJournal(1);
    List<Process> guests = List.of(searchers.search("joined"), searchers.search("joined"));
    searchers.awaitJournal(8 + new Random().nextInt(20));
    leader.destroyForcibly().waitFor();
    for (Process guest : guests) {
      assertEquals(0, guest.waitFor());
    }
    assertEquals(searchers.alone(), searchers.results("joined"));
  }

  @RepeatedTest(5)
  void whenAGuestIsKilledWhatItHadIsDoneByOthers() throws Exception {
    Searchers searchers = new Searchers(folder);
    Process leader = searchers.search("joined");
    searchers.awaitJournal(1);
    Process guest = searchers.search("joined");
    while (searchers.trainers().size() < 2) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    TimeUnit.MILLISECONDS.sleep(new Random().nextInt(500));
    guest.destroyForcibly().waitFor();
    assertEquals(0, leader.waitFor());
    assertEquals(searchers.alone(), searchers.results("joined"));
  }
}
