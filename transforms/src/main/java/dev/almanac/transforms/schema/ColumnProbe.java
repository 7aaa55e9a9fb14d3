package dev.almanac.transforms.schema;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Tries every candidate type on the values of one column of one file. Not thread-safe. */
final class ColumnProbe {
  private static final int ALL = (1 << Candidate.ALL.size()) - 1;
  private static final int MAX_TEXT_BYTES = 800;

  private final String file;
  private final NumberForm numbers;
  private final Place[] refuted = new Place[Candidate.ALL.size()];

  /** A bit for each candidate that all values so far fit. */
  private int left = ALL;

  private long nulls;
  private long notFinite;

  ColumnProbe(String file, NumberForm numbers) {
    this.file = file;
    this.numbers = numbers;
  }

  void addNull() {
    nulls++;
  }

  void add(byte[] text, int from, int to, long line) {
    if (left == 0) {
      return;
    }
    int refutedNow = 0;
    for (int bits = left; bits != 0; bits &= bits - 1) {
      int candidate = Integer.numberOfTrailingZeros(bits);
      if (!fits(candidate, text, from, to)) {
        refutedNow |= 1 << candidate;
      }
    }
    if (refutedNow != 0) {
      left &= ~refutedNow;
      int length = Math.min(to - from, MAX_TEXT_BYTES);
      Place place = new Place(file, line, new String(text, from, length, StandardCharsets.UTF_8));
      for (int bits = refutedNow; bits != 0; bits &= bits - 1) {
        refuted[Integer.numberOfTrailingZeros(bits)] = place;
      }
    }
  }

  private boolean fits(int candidate, byte[] text, int from, int to) {
    if (candidate == Candidate.LONG) {
      return numbers.parseLong(text, from, to) != NumberText.NO_LONG
          || numbers.kind(text, from, to) == NumberKind.INTEGER;
    }
    if (candidate == Candidate.DOUBLE) {
      return fitsDouble(text, from, to);
    }
    DateForm form = Candidate.ALL.get(candidate).form();
    return form.parse(text, from, to) != DateForm.NO_DATE;
  }

  private boolean fitsDouble(byte[] text, int from, int to) {
    double value = numbers.parseDouble(text, from, to);
    if (Math.abs(value) <= Double.MAX_VALUE) {
      return true;
    }
    NumberKind kind = numbers.kind(text, from, to);
    if (kind == NumberKind.NOT_FINITE || kind == NumberKind.OVERFLOW) {
      notFinite++;
      return true;
    }
    return kind != NumberKind.NONE;
  }

  ColumnEvidence evidence(int position, long rows) {
    return new ColumnEvidence(1, rows, nulls, notFinite, file, position, Arrays.asList(refuted));
  }
}
