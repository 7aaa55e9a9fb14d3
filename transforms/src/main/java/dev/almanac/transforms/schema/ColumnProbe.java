package dev.almanac.transforms.schema;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Tries every candidate type on the values of one column of one file. Not thread-safe. */
final class ColumnProbe {
  private static final long ALL = (1L << Candidate.ALL.size()) - 1;
  private static final long BOTH_NUMBERS = 1L << Candidate.LONG | 1L << Candidate.DOUBLE;
  private static final long MONTH_FIRST = inDigits(DateForm.Order.MONTH_DAY_YEAR);
  private static final long DAY_FIRST = inDigits(DateForm.Order.DAY_MONTH_YEAR);

  /** What a number or a date may begin with: a text that begins otherwise is neither. */
  private static final boolean[] BEGINS = begins();

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

  private static boolean[] begins() {
    boolean[] begins = new boolean[1 << Byte.SIZE];
    for (char c : "0123456789+-.nNiI".toCharArray()) {
      begins[c] = true;
    }
    for (char c = 'a'; c <= 'z'; c++) {
      begins[c] |= NamedMonth.mayBeginWith(c);
      begins[c - 'a' + 'A'] |= NamedMonth.mayBeginWith(c);
    }
    return begins;
  }

  void addNull() {
    nulls++;
  }

  void add(byte[] text, int from, int to, long line, long byteOffset) {
    if (isStandard && from < to && !BEGINS[text[from] & 0xFF]) {
      lastLength = -1;
      fits(0, false);
      refute(0, text, from, to, line, byteOffset);
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
    long fitting = fitting(text, from, to, line, byteOffset);
    fits(fitting, isNotFinite);
    refute(fitting, text, from, to, line, byteOffset);
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

  private long fitting(byte[] text, int from, int to, long line, long byteOffset) {
    if (!isStandard) {
      return numbers(text, from, to, line, byteOffset) | DateShape.fitting(text, from, to);
    }
    switch (NumberShape.of(text, from, to)) {
      case INTEGER -> {
        noteAltered(text, from, to, true, line, byteOffset);
        return to - from < DateShape.SHORTEST_DIGITS
            ? BOTH_NUMBERS
            : BOTH_NUMBERS | DateShape.fitting(text, from, to);
      }
      case DECIMAL -> {
        // Dates have two points or none.
        noteAltered(text, from, to, false, line, byteOffset);
        return 1L << Candidate.DOUBLE;
      }
      case NONE -> {
        return DateShape.fitting(text, from, to);
      }
      default -> {
        return numbers(text, from, to, line, byteOffset) | DateShape.fitting(text, from, to);
      }
    }
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
    if (Double.isNaN(value) && !mayBeNotFinite(text, from, to)) {
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

  /** Whether a text begins as {@code NaN} or {@code inf} does: few texts do. */
  private static boolean mayBeNotFinite(byte[] text, int from, int to) {
    int at = from < to && (text[from] == '-' || text[from] == '+') ? from + 1 : from;
    return at < to && ((text[at] | 0x20) == 'n' || (text[at] | 0x20) == 'i');
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
    return ColumnEvidence.of(
        1,
        rows,
        nulls,
        notFinite,
        file,
        position,
        refuted,
        fits,
        turned,
        alteredLong,
        alteredDouble,
        twice);
  }
}
