package dev.almanac.transforms.schema;

import dev.almanac.transforms.column.ColumnType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What is known about one column from some files. Immutable; merging is commutative and
 * associative.
 *
 * @param files files that have the column
 * @param rows cells, in rows that were read
 * @param nulls cells that are missing
 * @param notFinite cells that are NaN, an infinity or beyond binary64; complete as long as every
 *     other value is a number
 * @param firstFile the first file by path that has the column
 * @param firstPosition the column's position in that file
 * @param refuted for each of {@link Candidate#ALL} the first value that it does not fit, or null
 */
record ColumnEvidence(
    long files,
    long rows,
    long nulls,
    long notFinite,
    String firstFile,
    int firstPosition,
    List<Place> refuted)
    implements Serializable {
  ColumnEvidence {
    refuted = Collections.unmodifiableList(new ArrayList<>(refuted));
  }

  ColumnEvidence merge(ColumnEvidence other) {
    boolean isFirst = firstFile.compareTo(other.firstFile) <= 0;
    List<Place> places = new ArrayList<>(refuted.size());
    for (int i = 0; i < refuted.size(); i++) {
      places.add(Place.first(refuted.get(i), other.refuted.get(i)));
    }
    return new ColumnEvidence(
        files + other.files,
        rows + other.rows,
        nulls + other.nulls,
        notFinite + other.notFinite,
        isFirst ? firstFile : other.firstFile,
        isFirst ? firstPosition : other.firstPosition,
        places);
  }

  /** The column's description, given how many files there are. */
  SchemaColumn conclude(String name, long allFiles) {
    boolean nullable = nulls > 0 || files < allFiles;
    if (nulls == rows) {
      return column(name, ColumnType.STRING, null, true, "no value seen: set the type");
    }
    List<Candidate> left = new ArrayList<>();
    for (int i = 0; i < refuted.size(); i++) {
      if (refuted.get(i) == null) {
        left.add(Candidate.ALL.get(i));
      }
    }
    if (left.isEmpty()) {
      return column(name, ColumnType.STRING, null, nullable, null);
    }
    Candidate best = left.get(0);
    return column(name, best.type(), best.form(), nullable, note(left));
  }

  private SchemaColumn column(
      String name, ColumnType type, DateForm form, boolean nullable, String note) {
    Long infinite = type == ColumnType.DOUBLE && notFinite > 0 ? notFinite : null;
    return new SchemaColumn(
        new SourceColumn(name, type, form, nullable),
        new SchemaColumn.Seen(rows, nulls, files, infinite, widened(type), note));
  }

  private static String note(List<Candidate> left) {
    if (left.get(0).type() != ColumnType.DATE || left.size() == 1) {
      return null;
    }
    List<String> others =
        left.stream()
            .skip(1)
            .filter(candidate -> candidate.type() != ColumnType.DOUBLE)
            .map(candidate -> candidate.form() == null ? "long" : candidate.form().pattern())
            .toList();
    return "every value fits %s, too: correct it if that is meant".formatted(others);
  }

  /** Where the narrower types ended. */
  private List<SchemaColumn.Widening> widened(ColumnType type) {
    Place noLong = refuted.get(Candidate.LONG);
    Place noDouble = refuted.get(Candidate.DOUBLE);
    List<SchemaColumn.Widening> widened = new ArrayList<>();
    if (type == ColumnType.DOUBLE
        || type == ColumnType.STRING && noDouble != null && noLong.compareTo(noDouble) < 0) {
      widened.add(SchemaColumn.Widening.at(ColumnType.DOUBLE, noLong));
    }
    if (type == ColumnType.STRING && noDouble != null) {
      Place noneLeft = refuted.stream().reduce(Place::last).orElseThrow();
      widened.add(SchemaColumn.Widening.at(ColumnType.STRING, noneLeft));
    }
    return widened;
  }
}
