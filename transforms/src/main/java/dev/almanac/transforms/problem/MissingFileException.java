package dev.almanac.transforms.problem;

import java.io.FileNotFoundException;

/** A file that is not there. */
public final class MissingFileException extends FileNotFoundException implements Foreseen {
  private static final long serialVersionUID = 1L;

  public MissingFileException(String path) {
    super("Cannot read %s: there is no such file%s".formatted(Printable.line(path), locale(path)));
  }

  /** Where the JDK could not read its arguments, the name is not what was typed. */
  private static String locale(String path) {
    boolean lost =
        path.indexOf('\uFFFD') >= 0
            && !"UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));
    return lost ? " (the locale could not show the name; start the JVM with LC_ALL=C.UTF-8)" : "";
  }
}
