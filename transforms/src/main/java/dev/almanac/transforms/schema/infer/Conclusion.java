package dev.almanac.transforms.schema.infer;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.schema.ColumnDemand;
import dev.almanac.transforms.schema.Place;
import dev.almanac.transforms.schema.SchemaColumn;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.DateForm;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a column is to be read as: by the values in it, and by what its roles ask.
 *
 * <p>Where nothing is asked, the first candidate that every value fits. A column that must hold
 * numbers or dates is of that type when {@value #NEARLY_ALL_PERCENT}% of its values fit or more:
 * rows with one of the others are rejects. Where several date forms fit as many values, the first;
 * none is taken when a misfit is a date with day and month the other way round. A column that only
 * stands for itself is a number or a date only if every text comes back from it, and else text.
 */
record Conclusion(ColumnEvidence seen, String name, boolean nullable, Set<ColumnDemand> asked) {
  Conclusion {
    nullable |= seen.values() == 0;
  }

  static final int NEARLY_ALL_PERCENT = 90;

  SchemaColumn column() {
    if (seen.values() == 0) {
      return empty();
    }
    if (asked.contains(ColumnDemand.DATES)) {
      return dates();
    }
    if (asked.contains(ColumnDemand.NUMBERS)) {
      return numbers();
    }
    if (asked.contains(ColumnDemand.NUMBERS_IF_ANY)) {
      // Half of the values or more: they may have been meant. What else matches is no number.
      boolean some = 2 * fits(Candidate.DOUBLE) >= seen.values();
      return some && !asked.contains(ColumnDemand.TEXT) ? numbers() : first();
    }
    return asked.isEmpty() ? first() : text();
  }

  private SchemaColumn empty() {
    if (asked.contains(ColumnDemand.DATES)) {
      return column(ColumnType.DATE, DateForm.ISO, null, null, "no value seen: taken for a date");
    }
    if (asked.contains(ColumnDemand.NUMBERS)) {
      return column(ColumnType.DOUBLE, null, null, null, "no value seen: taken for a number");
    }
    return column(ColumnType.STRING, null, null, null, "no value seen: set the type");
  }

  /** Of the first candidate that every value fits. */
  private SchemaColumn first() {
    List<Integer> left = left();
    if (left.isEmpty()) {
      return column(ColumnType.STRING, null, null, null, null);
    }
    return of(left.get(0), null, note(left));
  }

  private SchemaColumn numbers() {
    if (fits(Candidate.DOUBLE) == 0 || !isNearlyAll(fits(Candidate.DOUBLE))) {
      return misfit(Candidate.DOUBLE, "number");
    }
    int best = fits(Candidate.LONG) == fits(Candidate.DOUBLE) ? Candidate.LONG : Candidate.DOUBLE;
    SchemaColumn.Misfits misfits = misfits(Candidate.DOUBLE);
    return of(best, misfits, misfits == null ? null : spoken(misfits, "number", "numbers"));
  }

  private SchemaColumn dates() {
    int best = 0;
    for (int i = 1; i < Candidate.ALL.size(); i++) {
      if (Candidate.ALL.get(i).isDate() && fits(i) > fits(best)) {
        best = i;
      }
    }
    if (fits(best) == 0 || !isNearlyAll(fits(best)) || isTurnedRound(best)) {
      return misfit(best, "date");
    }
    SchemaColumn.Misfits misfits = misfits(best);
    if (misfits == null) {
      return of(best, null, note(left().stream().filter(this::isDate).toList()));
    }
    return of(
        best,
        misfits,
        spokenOfDates(misfits, "written " + Candidate.ALL.get(best).form().pattern()));
  }

  private boolean isDate(int candidate) {
    return Candidate.ALL.get(candidate).isDate();
  }

  /** Whether some values are dates only with day and month the other way round. */
  private boolean isTurnedRound(int best) {
    DateForm.Order order = Candidate.ALL.get(best).form().order();
    DateForm.Order other =
        switch (order) {
          case MONTH_DAY_YEAR -> DateForm.Order.DAY_MONTH_YEAR;
          case DAY_MONTH_YEAR -> DateForm.Order.MONTH_DAY_YEAR;
          default -> null;
        };
    if (other == null || fits(best) == seen.values()) {
      return false;
    }
    long onlyOther = seen.candidates().turned().get(other == DateForm.Order.MONTH_DAY_YEAR ? 0 : 1);
    return onlyOther > 0;
  }

  /** A number or a date when every text comes back from it, else text. */
  private SchemaColumn text() {
    List<Integer> left = left();
    for (int candidate : left) {
      if (altered(candidate) == null) {
        return of(candidate, null, null);
      }
    }
    if (left.isEmpty()) {
      return column(ColumnType.STRING, null, null, null, null);
    }
    SchemaColumn.Altered altered = altered(left.get(left.size() - 1));
    for (int candidate : left) {
      if (!isDate(candidate)) {
        altered = altered(candidate);
        break;
      }
    }
    return column(
        ColumnType.STRING,
        null,
        null,
        altered,
        "text, for as a %s '%s' (%s, line %s) would become '%s'"
            .formatted(
                altered.type(), altered.text(), altered.file(), altered.line(), altered.becomes()));
  }

  /** What the values are by themselves, where they are not what is asked. */
  private SchemaColumn misfit(int wanted, String noun) {
    SchemaColumn found = first();
    SchemaColumn.Misfits misfits = misfits(wanted);
    return new SchemaColumn(
        found.column(),
        new SchemaColumn.Seen(
            found.seen().rows(),
            found.seen().nulls(),
            found.seen().files(),
            found.seen().notFinite(),
            found.seen().widened(),
            misfits,
            found.seen().altered(),
            noun.equals("number")
                ? spoken(misfits, "number", "numbers")
                : spokenOfDates(misfits, dateWords(wanted))));
  }

  private String dateWords(int wanted) {
    if (fits(wanted) == 0) {
      return "in a known form";
    }
    return "written "
        + Candidate.ALL.get(wanted).form().pattern()
        + (isTurnedRound(wanted)
            ? ", and some are dates only with day and month turned round"
            : "");
  }

  private String spokenOfDates(SchemaColumn.Misfits misfits, String how) {
    return spoken(misfits, "date " + how, "dates " + how);
  }

  private String spoken(SchemaColumn.Misfits misfits, String one, String more) {
    return "%s of %s (%s) %s, the first in %s, line %s (byte %s): %s"
        .formatted(
            misfits.values(),
            Count.of(seen.values(), "value"),
            percent(misfits.values()),
            misfits.values() == 1 ? "is no " + one : "are no " + more,
            misfits.file(),
            misfits.line(),
            misfits.byteOffset(),
            misfits.text());
  }

  /** A share of the values in percent, to a tenth or, where it is less, to one digit. */
  private String percent(long values) {
    double percent = 100.0 * values / seen.values();
    return BigDecimal.valueOf(percent)
            .round(new MathContext(percent >= 1 ? 3 : 1))
            .stripTrailingZeros()
            .toPlainString()
        + "%";
  }

  private boolean isNearlyAll(long fitting) {
    return 100 * fitting >= NEARLY_ALL_PERCENT * seen.values();
  }

  private long fits(int candidate) {
    return seen.candidates().fits().get(candidate);
  }

  /** The candidates that every value fits and that need not be asked for. */
  private List<Integer> left() {
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < Candidate.ALL.size(); i++) {
      if (fits(i) == seen.values()
          && (asked.contains(ColumnDemand.DATES) || !Candidate.ALL.get(i).isAskedFor())) {
        left.add(i);
      }
    }
    return left;
  }

  private SchemaColumn.Misfits misfits(int candidate) {
    Place first = seen.refutes(candidate);
    return first == null
        ? null
        : new SchemaColumn.Misfits(
            seen.values() - fits(candidate),
            first.file(),
            first.line(),
            first.byteOffset(),
            first.text());
  }

  /** The first value whose text does not come back from a candidate that all fit, or null. */
  private SchemaColumn.Altered altered(int candidate) {
    if (candidate == Candidate.LONG) {
      return altered("number", seen.alteredLong());
    }
    if (candidate == Candidate.DOUBLE) {
      return altered("number", seen.alteredDouble());
    }
    Candidate date = Candidate.ALL.get(candidate);
    Place first = date.isExact() ? null : seen.refutes(Candidate.ISO);
    return first == null || date.form().parse(first.text()) == DateForm.NO_DATE
        ? null
        : altered(
            "date",
            new AlteredText(
                first, LocalDate.ofEpochDay(date.form().parse(first.text())).toString()));
  }

  private static SchemaColumn.Altered altered(String type, AlteredText altered) {
    return altered == null
        ? null
        : new SchemaColumn.Altered(
            type,
            altered.place().file(),
            altered.place().line(),
            altered.place().text(),
            altered.becomes());
  }

  private SchemaColumn of(int candidate, SchemaColumn.Misfits misfits, String note) {
    Candidate best = Candidate.ALL.get(candidate);
    boolean stands = asked.contains(ColumnDemand.TEXT) || asked.contains(ColumnDemand.KEPT);
    // Where nobody wants the text, only codes such as 00501 are worth a word.
    boolean said = stands || asked.isEmpty() && candidate == Candidate.LONG;
    return column(best.type(), best.form(), misfits, said ? altered(candidate) : null, note);
  }

  private SchemaColumn column(
      ColumnType type,
      DateForm form,
      SchemaColumn.Misfits misfits,
      SchemaColumn.Altered altered,
      String note) {
    Long infinite =
        type == ColumnType.DOUBLE && seen.cells().notFinite() > 0 ? seen.cells().notFinite() : null;
    String words = seen.twice() == null ? note : joined(note, seen.twice());
    return new SchemaColumn(
        new SourceColumn(name, type, form, nullable),
        new SchemaColumn.Seen(
            seen.cells().rows(),
            seen.cells().nulls(),
            seen.cells().files(),
            infinite,
            widened(type),
            misfits,
            altered,
            words));
  }

  private static String joined(String note, Place twice) {
    String said = "%s has %s: name it in no role".formatted(twice.file(), twice.text());
    return note == null ? said : note + "; " + said;
  }

  /** What else the values may mean: each other order of day, month and year, and integers. */
  private static String note(List<Integer> left) {
    Candidate best = Candidate.ALL.get(left.get(0));
    if (!best.isDate()) {
      return null;
    }
    Set<DateForm.Order> orders = new LinkedHashSet<>(List.of(best.form().order()));
    List<String> others = new ArrayList<>();
    for (int i : left.subList(1, left.size())) {
      Candidate candidate = Candidate.ALL.get(i);
      if (i == Candidate.LONG) {
        others.add("long");
      } else if (candidate.isDate() && orders.add(candidate.form().order())) {
        others.add(candidate.form().pattern());
      }
    }
    return others.isEmpty()
        ? null
        : "every value fits %s, too: correct it if that is meant".formatted(others);
  }

  /** Where the narrower types ended. */
  private List<SchemaColumn.Widening> widened(ColumnType type) {
    Place noLong = seen.refutes(Candidate.LONG);
    Place noDouble = seen.refutes(Candidate.DOUBLE);
    List<SchemaColumn.Widening> widened = new ArrayList<>();
    if (type == ColumnType.DOUBLE && noLong != null
        || type == ColumnType.STRING && noDouble != null && noLong.compareTo(noDouble) < 0) {
      widened.add(SchemaColumn.Widening.at(ColumnType.DOUBLE, noLong));
    }
    if (type == ColumnType.STRING && noDouble != null && left().isEmpty()) {
      Place noneLeft = seen.candidates().places().stream().reduce(Place::last).orElseThrow();
      widened.add(SchemaColumn.Widening.at(ColumnType.STRING, noneLeft));
    }
    return widened;
  }
}
