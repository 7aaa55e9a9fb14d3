package dev.almanac.pipelines.work.worker;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that serves as a {@link TrialWorker}, to be started on this machine or on another one.
 *
 * @param flags for Java
 * @param main the class to start
 * @param arguments of it
 */
public record WorkerProgram(List<String> flags, String main, List<String> arguments)
    implements Serializable {
  /** Flags that mean the same on any machine; of the others those without a path in them. */
  private static final List<String> ANYWHERE =
      List.of("-XX:", "-Xss", "-Xlog:", "-Doffline", "-Dalmanac.", "-Duser.", "-Dfile.", "-Djava.");

  public WorkerProgram {
    // Copies that are serializable, whatever the caller's are.
    flags = new ArrayList<>(flags);
    arguments = new ArrayList<>(arguments);
  }

  /**
   * The command that starts it with this process's Java and class path.
   *
   * @param more flags
   */
  public List<String> here(List<String> more) {
    return command(flags, more, List.of("-cp", System.getProperty("java.class.path")));
  }

  /**
   * The command that starts it on a machine that is not the one it was made on.
   *
   * @param heap bytes of Java's heap
   * @param classPath a file of arguments for Java that say where its classes are
   */
  public List<String> there(long heap, Path classPath) {
    return command(
        flags.stream().filter(WorkerProgram::isPortable).toList(),
        List.of("-Xmx%sm".formatted(heap >> 20)),
        List.of("@" + classPath));
  }

  private List<String> command(List<String> first, List<String> more, List<String> classes) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(first);
    line.addAll(more);
    line.addAll(classes);
    line.add(main);
    line.addAll(arguments);
    return line;
  }

  private static boolean isPortable(String flag) {
    return flag.startsWith("--add-")
        || ANYWHERE.stream().anyMatch(flag::startsWith)
            && flag.indexOf('/') < 0
            && flag.indexOf('\\') < 0;
  }
}
