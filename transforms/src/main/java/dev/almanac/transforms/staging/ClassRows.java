package dev.almanac.transforms.staging;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.schema.Place;
import dev.almanac.transforms.split.Split;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;

/**
 * The rows of one class of the label that are not of train: which classes train has is known only
 * once all of it was read.
 *
 * @param name the class
 * @param first the first of its rows
 */
public record ClassRows(String name, long validation, long test, Place first)
    implements Serializable {
  /** Those of all ranges, in the order of the source, as {@link RangeChain} settled them. */
  public static List<ClassRows> of(List<ChunkSummary> settled) {
    Sum all = new Sum();
    long lines = 0;
    for (ChunkSummary chunk : settled) {
      for (RangeSummary range : chunk.ranges()) {
        lines = range.range().from() == 0 ? 0 : lines;
        long before = lines;
        if (range.classes() != null) {
          all.add(range.classes().stream().map(each -> each.after(before)).toList());
        }
        lines += range.extent().lines();
      }
    }
    return all.classes();
  }

  public long rows() {
    return validation + test;
  }

  ClassRows after(long lines) {
    return new ClassRows(
        name, validation, test, new Place(first.file(), first.line() + lines, first.text()));
  }

  private ClassRows plus(ClassRows later) {
    return new ClassRows(name, validation + later.validation, test + later.test, first);
  }

  /** Adds up, class by class. */
  static final class Sum {
    private final Map<String, ClassRows> byName = new TreeMap<>();

    /** Adds later rows. */
    void add(Collection<ClassRows> classes) {
      classes.forEach(each -> byName.merge(each.name, each, ClassRows::plus));
    }

    /**
     * Adds the rows of a batch of one file.
     *
     * @param codes the split of each row, negative for none
     * @param lines the line of each row
     */
    void add(Column label, byte[] codes, String file, IntToLongFunction lines) {
      StringColumn texts = null;
      ClassRows[] found = null;
      for (int row = 0; row < codes.length; row++) {
        if (codes[row] > Split.TRAIN.ordinal()) {
          if (texts == null) {
            texts = label.asText();
            found = new ClassRows[texts.dictionary().size()];
          }
          boolean test = codes[row] == Split.TEST.ordinal();
          int code = texts.codes()[row];
          ClassRows one =
              new ClassRows(
                  texts.value(row),
                  test ? 0 : 1,
                  test ? 1 : 0,
                  found[code] != null
                      ? found[code].first
                      : new Place(file, lines.applyAsLong(row), texts.value(row)));
          found[code] = found[code] == null ? one : found[code].plus(one);
        }
      }
      for (int code = 0; found != null && code < found.length; code++) {
        if (found[code] != null) {
          byName.merge(found[code].name, found[code], ClassRows::plus);
        }
      }
    }

    /** By name. */
    List<ClassRows> classes() {
      return List.copyOf(byName.values());
    }
  }
}
