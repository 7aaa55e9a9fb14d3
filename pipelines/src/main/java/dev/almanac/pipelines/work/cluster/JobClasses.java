package dev.almanac.pipelines.work.cluster;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the classes of a job are on this machine, for another Java to find them.
 *
 * @param file of arguments for Java, as it stands behind an {@code @}: a command line may be too
 *     short for hundreds of jars
 */
record JobClasses(Path file) implements AutoCloseable {
  /**
   * Of those that came with the job; of all that this process has when none did.
   *
   * @param loader of a class of the job
   */
  static JobClasses of(ClassLoader loader) throws IOException {
    List<String> places = new ArrayList<>();
    for (ClassLoader at = loader; at != null; at = at.getParent()) {
      if (at instanceof URLClassLoader urls) {
        for (URL url : urls.getURLs()) {
          add(url, places);
        }
      }
    }
    String path =
        places.isEmpty()
            ? System.getProperty("java.class.path")
            : String.join(File.pathSeparator, places);
    Path file = Files.createTempFile("almanac-classes", ".args");
    file.toFile().deleteOnExit();
    // In quotes a backslash stands for itself when there are two.
    Files.writeString(file, "-cp \"%s\"%n".formatted(path.replace("\\", "\\\\")));
    return new JobClasses(file);
  }

  private static void add(URL url, List<String> places) {
    if (!url.getProtocol().equals("file")) {
      return;
    }
    try {
      places.add(Path.of(new URI(url.toString())).toString());
    } catch (URISyntaxException | IllegalArgumentException unescaped) {
      places.add(url.getPath());
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
