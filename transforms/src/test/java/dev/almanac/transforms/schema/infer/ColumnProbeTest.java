package dev.almanac.transforms.schema.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.transforms.schema.text.DateForm;
import dev.almanac.transforms.schema.text.ExactText;
import dev.almanac.transforms.schema.text.NumberForm;
import dev.almanac.transforms.schema.text.NumberKind;
import dev.almanac.transforms.schema.text.NumberText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a column's probe finds is what each value alone says, by the readers themselves. */
class ColumnProbeTest {
  private static final List<String> TEXTS =
      List.of(
          "0",
          "-0",
          "007",
          "+1",
          "1.10",
          ".5",
          "5.",
          ".",
          "-",
          "+",
          "1e5",
          "1e999",
          "1e",
          "1.5e-7",
          "12345678",
          "20200102",
          "20200102101500",
          "1577923200",
          "1577923200999",
          "123456789012",
          "9223372036854775807",
          "-9223372036854775808",
          "9223372036854775808",
          "99999999.1",
          "20200102.5",
          "1.2.3",
          "1.2.2020",
          "1.2.20",
          "24.844",
          "NaN",
          "nan",
          "inf",
          "-Infinity",
          "Infinitely",
          "-nand",
          "1/2/2020",
          "13/2/2020",
          "2/13/20",
          "1/2/20 10:05 PM",
          "2020-1-2",
          "2020-01-02",
          "2020-01-02 10:15:00",
          "2020-01-02T10:15:00",
          "2020-01-02T10:15:00Z",
          "2020-01-02T10:15:00.5+01:00",
          "2020-01-02 10:15:60",
          "2020/1/2 10:15",
          "2020.01.02",
          "31-12-2020",
          "12-31-2020 1:02",
          "2 Jan 2020",
          "02-JAN-20",
          "Thu, 02 Jan 2020",
          "January 2, 2020",
          "Sept 2 2020",
          "Satu 2 2020",
          "Monitor",
          "march",
          "May",
          "wednesday",
          "word",
          "zeta eta",
          ",,X",
          "\u00e9t\u00e9",
          "",
          "x1",
          "12 Main St",
          "1 January",
          "NA");

  @Test
  void everyTextAloneFitsWhatReadsIt() {
    for (String text : TEXTS) {
      assertEquals(expected(List.of(text)), probed(List.of(text)), text);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void textsTogetherFitAsEachDoesAlone(int seed) {
    Random random = new Random(seed);
    for (int run = 0; run < 2_000; run++) {
      int kinds = 1 + random.nextInt(4);
      List<String> some = new ArrayList<>();
      for (int i = 0; i < kinds; i++) {
        some.add(TEXTS.get(random.nextInt(TEXTS.size())));
      }
      List<String> texts = new ArrayList<>();
      for (int rows = 1 + random.nextInt(12); rows > 0; rows--) {
        String text = some.get(random.nextInt(kinds));
        for (int times = random.nextInt(3); times >= 0; times--) {
          texts.add(text);
        }
      }
      assertEquals(expected(texts), probed(texts), texts::toString);
    }
  }

  private record Found(
      List<Long> fits, List<Long> refuted, List<Long> turned, long notFinite, Long altered) {}

  private static Found probed(List<String> texts) {
    ColumnProbe probe = new ColumnProbe("f", NumberForm.STANDARD);
    for (int i = 0; i < texts.size(); i++) {
      byte[] bytes = (" " + texts.get(i) + " ").getBytes(StandardCharsets.UTF_8);
      probe.add(bytes, 1, bytes.length - 1, i + 1, i);
    }
    ColumnEvidence found = probe.evidence(0, texts.size(), null);
    List<Long> refuted = new ArrayList<>();
    for (int i = 0; i < Candidate.ALL.size(); i++) {
      refuted.add(found.refutes(i) == null ? 0 : found.refutes(i).line());
    }
    return new Found(
        found.candidates().fits(),
        refuted,
        found.candidates().turned(),
        found.cells().notFinite(),
        found.alteredLong() == null ? null : found.alteredLong().place().line());
  }

  private static Found expected(List<String> texts) {
    long[] fits = new long[Candidate.ALL.size()];
    long[] refuted = new long[fits.length];
    long[] turned = new long[2];
    long notFinite = 0;
    Long altered = null;
    for (int i = 0; i < texts.size(); i++) {
      byte[] bytes = texts.get(i).getBytes(StandardCharsets.UTF_8);
      NumberKind kind = NumberText.kind(bytes, 0, bytes.length);
      boolean monthFirst = false;
      boolean dayFirst = false;
      for (int each = 0; each < fits.length; each++) {
        DateForm form = Candidate.ALL.get(each).form();
        boolean reads =
            form != null
                ? form.parse(bytes, 0, bytes.length) != DateForm.NO_DATE
                : each == Candidate.LONG ? kind == NumberKind.INTEGER : kind != NumberKind.NONE;
        fits[each] += reads ? 1 : 0;
        refuted[each] = !reads && refuted[each] == 0 ? i + 1 : refuted[each];
        boolean inDigits = form != null && !form.pattern().contains("MMM");
        monthFirst |= reads && inDigits && form.order() == DateForm.Order.MONTH_DAY_YEAR;
        dayFirst |= reads && inDigits && form.order() == DateForm.Order.DAY_MONTH_YEAR;
      }
      turned[0] += monthFirst && !dayFirst ? 1 : 0;
      turned[1] += dayFirst && !monthFirst ? 1 : 0;
      notFinite += kind == NumberKind.NOT_FINITE || kind == NumberKind.OVERFLOW ? 1 : 0;
      if (kind == NumberKind.INTEGER
          && altered == null
          && !ExactText.isLong(bytes, 0, bytes.length)) {
        altered = i + 1L;
      }
    }
    return new Found(
        LongStream.of(fits).boxed().toList(),
        LongStream.of(refuted).boxed().toList(),
        LongStream.of(turned).boxed().toList(),
        notFinite,
        altered);
  }
}
