package dev.almanac.pipelines.work.schema;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.Engine;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.pipelines.work.source.SourceFiles;
import dev.almanac.transforms.problem.RequestException;
import dev.almanac.transforms.schema.SourceSchema;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.Set;

/**
 * Infers the type of every column of a config's source and writes the schema.
 *
 * @param output the file; null for the one that the config names, or else one named after the
 *     config in the working directory
 * @param overwrites whether a file that is there, which may hold corrections, is replaced
 */
public record WriteSchema(AlmanacConfig config, String output, boolean overwrites, Engine engine)
    implements Work<WriteSchema.Written> {
  /** The sections without which there is nothing to look at. */
  public static final Set<Part> NEEDS = Set.of(Part.SOURCE);

  /** A schema and the file that holds it. */
  public record Written(String path, SourceSchema schema) {}

  @Override
  public Written run(Watch watch) throws IOException, RequestException {
    String path = path();
    if (!overwrites && Storage.exists(path)) {
      throw new RequestException(
          "Cannot write schema %s: the file exists and may hold corrections; --force writes over it, --output writes elsewhere"
              .formatted(path));
    }
    SourceSchema schema =
        SchemaPipeline.run(
            config.source(),
            SourceFiles.find(config.source().files(), config.source().duplicates(), "source.files")
                .files(),
            path,
            SchemaPipeline.roles(config),
            engine.options(),
            watch);
    return new Written(path, schema);
  }

  private String path() {
    if (output != null) {
      return output;
    }
    return config.schema() != null ? config.schema() : config.name() + ".schema.json";
  }
}
