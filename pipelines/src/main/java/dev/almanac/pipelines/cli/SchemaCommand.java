package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.schema.WriteSchema;
import java.util.Set;
import picocli.CommandLine.Option;

@picocli.CommandLine.Command(
    name = "schema",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Infer the type of every source column, for you to correct.",
    description = {
      "%nReads all of source.files once. The result says, for every column, what forced its type: the file and the line. "
          + "When the file that `schema:` names exists, every other command enforces it.%n"
    })
final class SchemaCommand extends Command {
  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "The file to write (default: the config's `schema`, or else <name>.schema.json here).")
  private String output;

  @Option(names = "--force", description = "Writes over a file that exists.")
  private boolean force;

  SchemaCommand(Session session) {
    super(session);
  }

  @Override
  Set<Part> needs() {
    return WriteSchema.NEEDS;
  }

  @Override
  boolean runsPipelines() {
    return true;
  }

  @Override
  Result result(AlmanacConfig config) throws Exception {
    String path = run(new WriteSchema(config, output, force, engine())).path();
    return Result.of("Schema: %s%n".formatted(path)).with("schema", path);
  }
}
