package dev.almanac.transforms.schema.infer;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.schema.text.DateForm;
import java.util.ArrayList;
import java.util.List;

/**
 * A reading that every value of a column may turn out to fit. Text fits every value, and so is no
 * candidate.
 *
 * @param form of a date; null for numbers
 */
record Candidate(ColumnType type, DateForm form) {
  /** In order of preference, dates first: eight digits that are always a date are one. */
  static final List<Candidate> ALL = all();

  static final int LONG = ALL.indexOf(new Candidate(ColumnType.LONG, null));
  static final int DOUBLE = ALL.indexOf(new Candidate(ColumnType.DOUBLE, null));

  static final int ISO = ALL.indexOf(new Candidate(ColumnType.DATE, DateForm.ISO));

  private static List<Candidate> all() {
    List<Candidate> all = new ArrayList<>();
    for (DateForm form : DateForm.values()) {
      all.add(new Candidate(ColumnType.DATE, form));
    }
    all.add(new Candidate(ColumnType.LONG, null));
    all.add(new Candidate(ColumnType.DOUBLE, null));
    return List.copyOf(all);
  }

  boolean isDate() {
    return form != null;
  }

  /** Whether the column's role must ask for this reading. */
  boolean isAskedFor() {
    return form != null && form.isNumber();
  }

  /** Whether the text of a value comes back from what is read from it, whatever the value. */
  boolean isExact() {
    return form == DateForm.ISO;
  }
}
