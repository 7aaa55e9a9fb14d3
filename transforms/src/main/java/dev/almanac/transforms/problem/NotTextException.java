package dev.almanac.transforms.problem;

import java.nio.charset.CharacterCodingException;

/** A file that should hold text in UTF-8 and does not. */
public final class NotTextException extends CharacterCodingException implements Foreseen {
  private static final long serialVersionUID = 1L;

  private final String message;

  public NotTextException(String path) {
    this.message =
        "Cannot read %s: it is not a text in UTF-8; save it so".formatted(Printable.line(path));
  }

  @Override
  public String getMessage() {
    return message;
  }
}
