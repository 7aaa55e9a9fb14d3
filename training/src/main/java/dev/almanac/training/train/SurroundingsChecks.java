package dev.almanac.training.train;

import static java.util.stream.Collectors.joining;

import dev.almanac.training.machine.Dependencies;
import dev.almanac.training.machine.Hardware;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunCode;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.RunMachine;
import dev.almanac.training.torch.Compute;
import dev.almanac.training.train.RunVerification.Check;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** What a run was trained with beside what would train it here: code, programs, machine. */
final class SurroundingsChecks {
  private static final String NONE = "(none)";

  /** Jars that are named one by one. */
  private static final int NAMED = 5;

  private final List<Check> checks = new ArrayList<>();

  private SurroundingsChecks() {}

  static List<Check> of(Run run, RunContext context, Compute compute) throws IOException {
    SurroundingsChecks checks = new SurroundingsChecks();
    RunCode then = run.record().code();
    RunCode now = context.surroundings().code().code();
    RunMachine was = run.record().machine();
    RunMachine is = RunDraft.machine(context, compute);
    checks.decides("code", "code", then.almanac(), now.almanac());
    checks.decides("code", "almanac", was.versions().almanac(), is.versions().almanac());
    checks.tells("code", "config's repository", then.config(), now.config());
    checks.dependencies(run, RunDraft.here(context).dependencies());
    checks.decides("jvm", "java", was.versions().java(), is.versions().java());
    checks.tells("jvm", "flags", was.jvm().flags(), is.jvm().flags());
    checks.tells("jvm", "heap", was.jvm().heapBytes(), is.jvm().heapBytes());
    checks.decides("native", "djl", was.versions().djl(), is.versions().djl());
    checks.decides("native", "pytorch", was.versions().pytorch(), is.versions().pytorch());
    checks.decides(
        "native", "libraries", was.nativeLibraries().files(), is.nativeLibraries().files());
    checks.tells(
        "native", "settings", was.nativeLibraries().settings(), is.nativeLibraries().settings());
    checks.hardware(was, is);
    checks.tells("system", "container", was.platform().container(), is.platform().container());
    checks.tells("system", "locale", was.platform().locale(), is.platform().locale());
    checks.tells("system", "time zone", was.platform().timeZone(), is.platform().timeZone());
    checks.tells("system", "charset", was.platform().charset(), is.platform().charset());
    checks.tells("system", "environment", was.environment(), is.environment());
    return checks.checks;
  }

  private void hardware(RunMachine was, RunMachine is) {
    Hardware then = was.hardware();
    Hardware now = is.hardware();
    decides("hardware", "os", was.versions().os(), is.versions().os());
    decides("hardware", "device", was.device(), is.device());
    decides("hardware", "threads", was.threads(), is.threads());
    tells("hardware", "cpu", then.cpu().model(), now.cpu().model());
    decides("hardware", "instructions", then.cpu().flags(), now.cpu().flags());
    tells("hardware", "cpu limit", then.cpuLimit(), now.cpuLimit());
    tells("hardware", "memory", then.memoryBytes(), now.memoryBytes());
    tells("hardware", "memory limit", then.memoryLimit(), now.memoryLimit());
    decides("hardware", "gpus", then.gpus(), now.gpus());
  }

  /** The jars that differ, by name. */
  private void dependencies(Run run, Dependencies here) throws IOException {
    RunCode.Jars jars = run.record().code().dependencies();
    if (jars == null || !Storage.exists(run.path(jars.file()))) {
      tells("dependencies", "class path", jars == null ? null : jars.sha256(), NONE);
      return;
    }
    Map<String, String> was = new Dependencies(Storage.readText(run.path(jars.file())), 0).hashes();
    Map<String, String> is = here.hashes();
    TreeSet<String> names = new TreeSet<>(was.keySet());
    names.addAll(is.keySet());
    names.removeIf(name -> Objects.equals(was.get(name), is.get(name)));
    if (names.isEmpty()) {
      decides("dependencies", "class path", "as it was", "as it was");
    } else {
      decides("dependencies", "class path", listed(names, was), listed(names, is));
    }
  }

  private static String listed(TreeSet<String> names, Map<String, String> hashes) {
    String first =
        names.stream()
            .limit(NAMED)
            .map(
                name ->
                    "%s %s"
                        .formatted(
                            name,
                            hashes.containsKey(name)
                                ? hashes.get(name).substring(0, 12)
                                : "is not there"))
            .collect(joining(", "));
    return names.size() > NAMED ? "%s and %s more".formatted(first, names.size() - NAMED) : first;
  }

  /** Of something that weights depend on. */
  private void decides(String group, String name, Object recorded, Object found) {
    checks.add(new Check(group, name, text(recorded), text(found), true));
  }

  /** Of something that is good to know when weights differ. */
  private void tells(String group, String name, Object recorded, Object found) {
    checks.add(new Check(group, name, text(recorded), text(found), false));
  }

  private static String text(Object value) {
    return Objects.toString(value, NONE);
  }
}
