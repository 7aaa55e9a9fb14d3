package dev.almanac.pipelines.work.study;

import dev.almanac.pipelines.track.optuna.OptunaStudies;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.training.search.ForeignStudy;
import dev.almanac.training.search.StudyConfig;
import dev.almanac.training.search.StudyRecord;
import dev.almanac.transforms.problem.RequestException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;

/**
 * Makes a study of one that Optuna keeps in a journal.
 *
 * @param studies the folder of studies
 * @param file of Optuna's journal storage
 * @param study its name there; null for the only one
 * @param name its name here; null for the same
 */
public record ImportStudy(String studies, String file, String study, String name)
    implements Work<StudyRecord> {
  @Override
  public StudyRecord run(Watch watch) throws IOException, RequestException {
    OptunaStudies read = OptunaStudies.read(Storage.readText(file), file);
    ForeignStudy found = read.find(study, file).study();
    read.damage().forEach(watch::line);
    StudyConfig question = found.question();
    String here = name == null ? question.name() : name;
    if (here.isBlank() || here.startsWith(".") || here.matches("(?s).*[/\\\\:\\p{Cntrl}].*")) {
      throw new RequestException(
          "Cannot import study '%s': it becomes a folder of that name; give it another one by --name"
              .formatted(here));
    }
    StudyConfig named =
        new StudyConfig(
            here,
            question.sampler(),
            question.seed(),
            question.metric(),
            question.goal(),
            question.space(),
            question.base(),
            question.course());
    String folder = Storage.resolve(studies, here);
    new ForeignStudy(named, found.trials()).write(folder);
    StudyRecord made = StudyRecord.read(folder);
    StudyPages.write(made, ShowStudy.importances(made), false);
    return made;
  }
}
