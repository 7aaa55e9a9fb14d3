package dev.almanac.training.search;

import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.List;

/**
 * A study that another program searched.
 *
 * @param question as far as that program says it
 * @param trials by number, all of them ended
 */
public record ForeignStudy(StudyConfig question, List<Trial> trials) {
  public ForeignStudy {
    trials = List.copyOf(trials);
  }

  /**
   * Makes a study's folder of it.
   *
   * @throws SearchException when a study is there
   */
  public void write(String folder) throws IOException {
    if (StudyRecord.isThere(folder)) {
      throw new SearchException(
          "Cannot make a study in %s: there is one; give it another name, or move that one away"
              .formatted(folder));
    }
    // A folder is a study once it has its question: so that comes last, after all the trials.
    Storage.writeText(Storage.resolve(folder, StudyStore.TRIALS), StudyStore.text(trials));
    StudyStore.begin(folder, question);
  }
}
