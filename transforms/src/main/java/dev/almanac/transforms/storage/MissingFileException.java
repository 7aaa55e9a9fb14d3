package dev.almanac.transforms.storage;

import dev.almanac.transforms.problem.Foreseen;
import dev.almanac.transforms.problem.Printable;
import java.io.FileNotFoundException;

/** A file that is not there. */
public final class MissingFileException extends FileNotFoundException implements Foreseen {
  private static final long serialVersionUID = 1L;

  MissingFileException(String path) {
    super("Cannot read %s: there is no such file".formatted(Printable.line(path)));
  }
}
