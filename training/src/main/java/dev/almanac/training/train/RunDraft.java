package dev.almanac.training.train;

import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.machine.Dependencies;
import dev.almanac.training.machine.Machine;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunCode;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.RunMachine;
import dev.almanac.training.run.RunRecipe;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunState;
import dev.almanac.training.run.RunStore;
import dev.almanac.training.run.Surroundings;
import dev.almanac.training.torch.Compute;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.manifest.FileHash;
import dev.almanac.transforms.manifest.SideFile;
import dev.almanac.transforms.staging.DatasetIdentity;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The record of a run that begins, and the files that tell the code it is made with.
 *
 * @param files by their names in the run's folder
 */
public record RunDraft(RunRecord record, Map<String, byte[]> files) {
  /**
   * Of a run that begins now.
   *
   * @param parameters how many weights its model has
   */
  public static RunDraft of(
      Dataset dataset, TrainConfig config, RunContext context, long parameters, Compute compute)
      throws IOException {
    DatasetManifest manifest = dataset.manifest();
    Instant now = Instant.now();
    Surroundings.Code found = context.surroundings().code();
    Map<String, byte[]> files = new LinkedHashMap<>(found.files());
    RunCode code = withDependencies(found.code(), files, context);
    Map<String, FileHash> hashes = transformFiles(manifest);
    files.forEach(
        (name, bytes) -> hashes.put(name, new FileHash(bytes.length, Json.sha256(bytes))));
    RunRecord record =
        new RunRecord(
            RunRecord.FORMAT_VERSION,
            context.runId() == null ? RunStore.newId(now) : context.runId(),
            RunState.begun(now.truncatedTo(ChronoUnit.SECONDS).toString()),
            context.series(),
            new RunRecipe(
                new RunRecipe.DatasetReference(
                    dataset.folder(),
                    manifest.name(),
                    manifest.hash(),
                    manifest.hashes().transform()),
                context.config(),
                config,
                manifest.columns(),
                parameters,
                code,
                null),
            machine(context, compute),
            null,
            hashes);
    return new RunDraft(record, files);
  }

  /** What this process runs on; looking begins with the first call. */
  static Machine here(RunContext context) {
    return Machine.here(context.surroundings()::gpus, DatasetIdentity::hostName);
  }

  /** What trains now. */
  static RunMachine machine(RunContext context, Compute compute) throws IOException {
    Machine here = here(context);
    return new RunMachine(
        compute.name(),
        compute.threads(),
        new RunMachine.Versions(
            context.surroundings().almanac(),
            System.getProperty("java.vendor") + " " + Runtime.version(),
            Compute.djl(),
            compute.pytorch(),
            here.platform().os()),
        here.jvm(),
        here.nativeLibraries(),
        here.hardware(),
        here.platform(),
        context.surroundings().environment());
  }

  private static RunCode withDependencies(
      RunCode code, Map<String, byte[]> files, RunContext context) throws IOException {
    Dependencies dependencies = here(context).dependencies();
    byte[] text = dependencies.text().getBytes(StandardCharsets.UTF_8);
    files.put(RunCode.DEPENDENCIES, text);
    return code.with(
        new RunCode.Jars(
            RunCode.DEPENDENCIES, dependencies.text().lines().count(), Json.sha256(text)));
  }

  /** The same, of a run that averages the models of these. */
  public RunDraft averaging(List<String> runs) {
    return new RunDraft(
        new RunRecord(
            record.formatVersion(),
            record.runId(),
            record.state(),
            record.series(),
            record.recipe().averaging(runs),
            record.machine(),
            record.outcome(),
            record.files()),
        files);
  }

  /** Writes all of it. */
  public Run write(RunStore store) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Storage.write(
          Storage.resolve(store.folder(), record.runId(), file.getKey()),
          out -> out.write(file.getValue()));
    }
    return store.create(record);
  }

  /** What is copied of the transform. */
  private static Map<String, FileHash> transformFiles(DatasetManifest manifest) {
    Map<String, FileHash> files = new TreeMap<>();
    for (SideFile file : manifest.sideFiles()) {
      if (file.isIn(Run.TRANSFORM)) {
        files.put(file.path(), new FileHash(file.bytes(), file.sha256()));
      }
    }
    return files;
  }
}
