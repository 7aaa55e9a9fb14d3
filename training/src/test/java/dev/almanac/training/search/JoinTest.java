package dev.almanac.training.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.search.space.SearchException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class JoinTest {
  @TempDir Path folder;

  @Test
  void processesThatJoinShareTheWorkAndFindWhatOneDoesAlone() throws Exception {
    Searchers searchers = new Searchers(folder);
    Process leader = searchers.search("joined");
    searchers.awaitJournal(1);
    Process guest = searchers.search("joined");
    assertEquals(0, leader.waitFor());
    assertEquals(0, guest.waitFor());
    assertEquals(searchers.alone(), searchers.results("joined"));
    assertEquals(2, searchers.trainers().size(), "both have trained");
    List<String> segments = searchers.segments();
    assertEquals(new HashSet<>(segments).size(), segments.size(), "no segment twice");
  }

  @Test
  void aProcessWithAnotherQuestionIsRefused() throws Exception {
    String led = folder.resolve("led").toString();
    try (Study study = Study.open(led, Searchers.question(7), Searchers.space(), false)) {
      assertEquals(0, study.trials().size());
      Objective curves = new Curves(9, false, 0);
      SearchException refused =
          assertThrows(
              SearchException.class,
              () -> Study.join(led, Searchers.question(8), curves, 1, StudyListener.NONE));
      assertTrue(refused.getMessage().contains("seed was 7 and is 8"), refused.getMessage());
    }
  }
}
