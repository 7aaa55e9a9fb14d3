package dev.almanac.transforms.problem;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a person should know of a source though the work went on: something was left out, read
 * another way than it may have been meant, or looks odd. Stands in {@code dataset.json} and in the
 * summary.
 *
 * @param kind what happened
 * @param subject to what: a column, a step or a file; null where the kind says it all
 * @param count how often: files, cells or rows, as the kind says
 * @param text the same for a person, without the count's places
 * @param places the first few places, at most {@value #MAX_PLACES}
 */
public record Notice(Kind kind, String subject, long count, String text, List<String> places)
    implements Serializable {
  public static final int MAX_PLACES = 5;

  public Notice {
    places = List.copyOf(places.subList(0, Math.min(MAX_PLACES, places.size())));
  }

  /** What a notice is about. */
  public enum Kind {
    /** Files that match and are markers or hidden; counts files. */
    FILES_LEFT_OUT("files-left-out"),
    /** Files that hold the same content as another; counts files beyond the first. */
    SAME_CONTENT("same-content"),
    /** Cells that a step could not read and made missing; counts cells. */
    UNREADABLE_CELLS("unreadable-cells"),
    /** Rows that inference could not read; counts rows. */
    ROWS_NOT_INFERRED("rows-not-inferred"),
    /** A column stays text though its cells look like numbers or dates; counts nothing (0). */
    KEPT_AS_TEXT("kept-as-text"),
    /** Files that lack a column which others have, with the nearest name; counts files. */
    COLUMN_MISSING("column-missing"),
    /** Dates that a time, a short year or the order of their parts leaves open; counts nothing. */
    DATES_AS_READ("dates-as-read"),
    /** A kept column gives the values back that were read, not each text; counts nothing. */
    KEPT_AS_VALUES("kept-as-values"),
    /** Rows whose computed date is missing; counts rows. */
    ROWS_WITHOUT_DATE("rows-without-date"),
    /** Dates after the day of reading; counts rows. */
    FUTURE_DATES("future-dates"),
    /** Classes that occur in validation or test alone; counts rows. */
    UNKNOWN_CLASSES("unknown-classes"),
    /** Texts of a label that are one class by their value as numbers; counts rows. */
    CLASSES_BY_VALUE("classes-by-value"),
    /** A setting that the files seem to ask for; counts rows or files. */
    HINT("hint");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** The kind's code in files, such as {@code same-content}. */
    @JsonValue
    public String text() {
      return text;
    }

    /**
     * The kind with this code.
     *
     * @throws IllegalArgumentException naming the known codes
     */
    @JsonCreator
    public static Kind of(String text) {
      return Arrays.stream(values())
          .filter(kind -> kind.text.equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "Cannot read notice kind '%s': known kinds are %s"
                          .formatted(text, Arrays.stream(values()).map(Kind::text).toList())));
    }
  }

  /** One notice a kind and subject, counts added, the first text and places kept. */
  public static List<Notice> merged(List<Notice> all) {
    record Key(Kind kind, String subject) {}
    Map<Key, Notice> merged = new LinkedHashMap<>();
    for (Notice notice : all) {
      merged.merge(new Key(notice.kind, notice.subject), notice, Notice::plus);
    }
    return List.copyOf(merged.values());
  }

  private Notice plus(Notice other) {
    List<String> all = new ArrayList<>(places);
    all.addAll(other.places);
    return new Notice(kind, subject, count + other.count, text, all);
  }

  /** One line for a person: the text, then the first places. */
  @Override
  public String toString() {
    return Printable.line(
        places.isEmpty() ? text : "%s: %s".formatted(text, String.join("; ", places)));
  }
}
