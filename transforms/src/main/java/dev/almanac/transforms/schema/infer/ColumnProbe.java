package dev.almanac.transforms.schema.infer;

import dev.almanac.transforms.schema.Place;
import dev.almanac.transforms.schema.text.DateForm;
import dev.almanac.transforms.schema.text.DateShape;
import dev.almanac.transforms.schema.text.ExactText;
import dev.almanac.transforms.schema.text.NumberForm;
import dev.almanac.transforms.schema.text.NumberKind;
import dev.almanac.transforms.schema.text.NumberShape;
import dev.almanac.transforms.schema.text.NumberText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Tries every candidate type on the values of one column of one file. Not thread-safe. */
final class ColumnProbe {
  private static final long ALL = (1L << Candidate.ALL.size()) - 1;
  private static final long BOTH_NUMBERS = 1L << Candidate.LONG | 1L << Candidate.DOUBLE;
  private static final long MONTH_FIRST = inDigits(DateForm.Order.MONTH_DAY_YEAR);
  private static final long DAY_FIRST = inDigits(DateForm.Order.DAY_MONTH_YEAR);
  private static final int LONGEST_REPEATED = 64;
  private static final int MAX_TEXT_BYTES = 800;

  private final String file;
  private final NumberForm numbers;
  private final boolean isStandard;
  private final Place[] refuted = new Place[Candidate.ALL.size()];
  private final long[] fits = new long[Candidate.ALL.size()];

  /** A bit for each candidate that all values so far fit. */
  private long left = ALL;

  private final long[] turned = new long[2];
  private AlteredText alteredLong;
  private AlteredText alteredDouble;
  private long nulls;

  // The last text, when it is short: cells of one place or of dry days repeat.
  private final byte[] last = new byte[LONGEST_REPEATED];
  private int lastLength = -1;

  // What the last texts fit, and how many there were: most texts of a column fit the same.
  private long lastFitting;
  private boolean lastNotFinite;
  private long repeats;

  private boolean isNotFinite;
  private long notFinite;

  ColumnProbe(String file, NumberForm numbers) {
    this.file = file;
    this.numbers = numbers;
    this.isStandard = numbers.isStandard();
  }

  /** The forms of an order whose text does not say by itself which number is the month. */
  private static long inDigits(DateForm.Order order) {
    long forms = 0;
    for (DateForm form : DateForm.values()) {
      if (form.order() == order && !form.pattern().contains("MMM")) {
        forms |= 1L << form.ordinal();
      }
    }
    return forms;
  }

  void addNull() {
    nulls++;
  }

  void add(byte[] text, int from, int to, long line, long byteOffset) {
    NumberShape shape = isStandard ? NumberShape.of(text, from, to) : NumberShape.UNSURE;
    if (addAtOnce(shape, text, from, to, line, byteOffset)) {
      lastLength = -1;
      return;
    }
    int length = to - from;
    if (length == lastLength && Arrays.equals(last, 0, length, text, from, to)) {
      repeats++;
      return;
    }
    lastLength = length <= last.length ? length : -1;
    if (lastLength >= 0) {
      System.arraycopy(text, from, last, 0, length);
    }
    isNotFinite = false;
    long fitting = DateShape.fitting(text, from, to);
    if (shape != NumberShape.NONE) {
      fitting |= numbers(text, from, to, line, byteOffset);
    }
    fits(fitting, isNotFinite);
    refute(fitting, text, from, to, line, byteOffset);
  }

  /** Adds a word or a number of few digits, of which one look tells all; false for other texts. */
  private boolean addAtOnce(
      NumberShape shape, byte[] text, int from, int to, long line, long byteOffset) {
    long fitting;
    switch (shape) {
      case NONE -> {
        if (DateShape.mayBegin(text, from, to)) {
          return false;
        }
        fitting = 0;
      }
      case INTEGER -> {
        if (to - from >= DateShape.SHORTEST_DIGITS) {
          return false;
        }
        fitting = BOTH_NUMBERS;
        noteAltered(text, from, to, true, line, byteOffset);
      }
      case DECIMAL -> {
        fitting = 1L << Candidate.DOUBLE; // Dates have two points or none.
        noteAltered(text, from, to, false, line, byteOffset);
      }
      default -> {
        return false;
      }
    }
    fits(fitting, false);
    refute(fitting, text, from, to, line, byteOffset);
    return true;
  }

  private void fits(long fitting, boolean notFinite) {
    if (fitting == lastFitting && notFinite == lastNotFinite) {
      repeats++;
    } else {
      count();
      lastFitting = fitting;
      lastNotFinite = notFinite;
      repeats = 1;
    }
  }

  private void refute(long fitting, byte[] text, int from, int to, long line, long byteOffset) {
    long refutedNow = left & ~fitting;
    if (refutedNow != 0) {
      left &= fitting;
      Place place = place(text, from, to, line, byteOffset);
      for (long bits = refutedNow; bits != 0; bits &= bits - 1) {
        refuted[Long.numberOfTrailingZeros(bits)] = place;
      }
    }
  }

  /** Counts the last texts, which all fit the same. */
  private void count() {
    if ((lastFitting & (MONTH_FIRST | DAY_FIRST)) != 0) {
      turned[0] += (lastFitting & DAY_FIRST) == 0 ? repeats : 0;
      turned[1] += (lastFitting & MONTH_FIRST) == 0 ? repeats : 0;
    }
    for (long bits = lastFitting; bits != 0; bits &= bits - 1) {
      fits[Long.numberOfTrailingZeros(bits)] += repeats;
    }
    notFinite += lastNotFinite ? repeats : 0;
    repeats = 0;
  }

  private long numbers(byte[] text, int from, int to, long line, long byteOffset) {
    if (numbers.parseLong(text, from, to) != NumberText.NO_LONG) {
      noteAltered(text, from, to, true, line, byteOffset);
      return BOTH_NUMBERS;
    }
    double value = numbers.parseDouble(text, from, to);
    if (Math.abs(value) <= Double.MAX_VALUE) {
      if (value == Long.MIN_VALUE && numbers.kind(text, from, to) == NumberKind.INTEGER) {
        noteAltered(text, from, to, true, line, byteOffset);
        return BOTH_NUMBERS;
      }
      noteAltered(text, from, to, false, line, byteOffset);
      return 1L << Candidate.DOUBLE;
    }
    if (Double.isNaN(value) && !NumberShape.mayBeNotFinite(text, from, to)) {
      return 0;
    }
    NumberKind kind = numbers.kind(text, from, to);
    if (kind != NumberKind.NOT_FINITE && kind != NumberKind.OVERFLOW) {
      return 0;
    }
    isNotFinite = true;
    if (alteredDouble == null) {
      alteredDouble = new AlteredText(place(text, from, to, line, byteOffset), "no value");
    }
    return 1L << Candidate.DOUBLE;
  }

  private void noteAltered(
      byte[] text, int from, int to, boolean integer, long line, long byteOffset) {
    if (integer
        && alteredLong == null
        && !(isPlain(text, from, to) && ExactText.isLong(text, from, to))) {
      alteredLong =
          new AlteredText(
              place(text, from, to, line, byteOffset),
              Long.toString(numbers.parseLong(text, from, to)));
    }
    if (alteredDouble == null && !(isPlain(text, from, to) && ExactText.isDouble(text, from, to))) {
      alteredDouble =
          new AlteredText(
              place(text, from, to, line, byteOffset),
              Double.toString(numbers.parseDouble(text, from, to) + 0.0));
    }
  }

  /** Whether the number is written as {@link NumberText} reads it. */
  private boolean isPlain(byte[] text, int from, int to) {
    if (isStandard) {
      return true;
    }
    byte[] plain = numbers.standard(text, from, to);
    return Arrays.equals(plain, 0, plain.length, text, from, to);
  }

  private Place place(byte[] text, int from, int to, long line, long byteOffset) {
    int length = Math.min(to - from, MAX_TEXT_BYTES);
    return new Place(
        file, line, byteOffset, new String(text, from, length, StandardCharsets.UTF_8));
  }

  /**
   * What the column says.
   *
   * @param twice where the file has another column of that name; null where it does not
   */
  ColumnEvidence evidence(int position, long rows, Place twice) {
    count();
    return new ColumnEvidence(
        new CellTally(1, rows, nulls, notFinite),
        file,
        position,
        CandidateFits.of(refuted, fits, turned),
        alteredLong,
        alteredDouble,
        twice);
  }
}
