package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.train.ExportModel;
import dev.almanac.training.export.ExportedModel;
import dev.almanac.training.export.OnnxExport;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "export",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Write a run's model, encoders inside, as one file for other programs.",
    description = {
      "%nThe file takes the columns of a row as they are after the config's row-wise features, which the caller computes, "
          + "and gives what `predict` gives. In numbers NaN is missing, in text the empty text.%n"
    })
final class ExportCommand extends Command {
  private static final String ONNX = "onnx";

  @Parameters(index = "1", arity = "0..1", paramLabel = "RUN", description = RunOption.TEXT)
  private String run;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = ONNX,
      description = "The kind of file: onnx (default: ${DEFAULT-VALUE}).")
  private String format;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "Where the file goes; local, s3://, gs:// or hdfs:// (default: "
              + OnnxExport.FILE
              + " in the run's folder).")
  private String output;

  ExportCommand(Session session) {
    super(session);
  }

  @Override
  Set<Part> needs() {
    return Set.of();
  }

  @Override
  void check(List<String> problems) {
    if (!format.equals(ONNX)) {
      problems.add("Cannot export: --format must be %s (%s)".formatted(ONNX, format));
    }
  }

  @Override
  Result result(AlmanacConfig config) throws Exception {
    ExportModel.Exported made = run(new ExportModel(config, run, output));
    ExportedModel exported = made.model();
    Table table = new Table("", "name", "tensor", "column", "");
    for (ExportedModel.Input input : exported.inputs()) {
      table.row(
          "input", input.name(), input.type(), input.column(), input.computed() ? "computed" : "");
    }
    for (ExportedModel.Output output : exported.outputs()) {
      table.row("output", output.name(), output.type(), "", "");
    }
    return Result.of(
            "Model: %s (ONNX, operator set %s)%n%n%s"
                .formatted(exported.file(), exported.opset(), table.text()))
        .with("run-id", made.run().record().runId())
        .with("file", exported.file())
        .with("format", format)
        .with("opset", exported.opset())
        .with("inputs", exported.inputs())
        .with("outputs", exported.outputs());
  }
}
