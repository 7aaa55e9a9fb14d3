package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.Engine;
import dev.almanac.pipelines.work.study.ImportStudy;
import dev.almanac.training.search.StudyRecord;
import dev.almanac.transforms.problem.Count;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "import",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Make a study of one that Optuna keeps in a journal file.",
    description = {
      "%nIts trials can be listed, shown and exported as those of a search. Trials that had not ended are cancelled.%n"
    })
final class StudyImportCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "FILE",
      description = "A file of Optuna's JournalStorage; local, s3://, gs:// or hdfs://.")
  private String file;

  @Option(
      names = "--study",
      paramLabel = "NAME",
      description = "Which study of the file, when it holds several.")
  private String study;

  @Option(names = "--name", paramLabel = "NAME", description = "Its name here (default: the same).")
  private String name;

  @Option(
      names = "--studies",
      paramLabel = "FOLDER",
      description = "The folder of studies; local, s3://, gs:// or hdfs:// (default: ./studies).")
  private String studies = "studies";

  @Mixin private OutputOptions output;

  StudyImportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    return output.show(
        session,
        watch -> {
          Engine.none(session.beam()).openStorage((file + studies).contains("s3://"));
          StudyRecord made = new ImportStudy(studies, file, study, name).run(watch);
          return Result.of(
                  "Imported %s into %s%n"
                      .formatted(Count.of(made.trials().size(), "trial"), made.folder()))
              .with("study", made.folder())
              .with("trials", made.trials().size());
        });
  }
}
