package dev.almanac.transforms.encode.vocabulary;

import dev.almanac.transforms.analyze.Compact;
import dev.almanac.transforms.analyze.CountedTexts;
import dev.almanac.transforms.analyze.ValueCounts.ValueCount;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.column.TextTable;
import dev.almanac.transforms.problem.RefusedException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * The categories that have an index of their own, in that order. Immutable and thread-safe.
 *
 * <p>Made for millions of values: one takes its UTF-8 and about ten bytes, and {@link #entries} are
 * made when they are looked at.
 */
public final class Vocabulary implements Serializable {
  /** The index of null. */
  public static final int NULL = 0;

  /** The index of a value that is not in the vocabulary. */
  public static final int UNKNOWN = 1;

  /** The index of the first value. */
  public static final int FIRST = 2;

  private final transient TextTable values;
  private final transient Runs counts;

  /** Of {@link VocabularyLines}; null until somebody asks. */
  private transient volatile String sha256;

  /**
   * @throws IllegalArgumentException when a value is there twice
   */
  public Vocabulary(List<ValueCount> entries) {
    this(builder(entries));
  }

  private Vocabulary(Builder built) {
    this.values = built.values;
    this.counts = built.counts.build();
  }

  private static Builder builder(List<ValueCount> entries) {
    Builder builder = new Builder();
    if (entries instanceof CountedTexts counted) {
      builder.addFirst(counted, counted.size());
    } else {
      entries.forEach(entry -> builder.add(entry.value(), entry.count()));
    }
    return builder;
  }

  /** The first values of a list. */
  public static Vocabulary ofFirst(CountedTexts counted, int size) {
    Builder builder = new Builder();
    builder.addFirst(counted, size);
    return builder.build();
  }

  /** Takes the values one by one. */
  static final class Builder {
    private final TextTable values = new TextTable();
    private final Runs.Builder counts = new Runs.Builder();

    private void addFirst(CountedTexts counted, int size) {
      for (int place = 0; place < size; place++) {
        added(values.add(counted.texts(), counted.number(place)), counted.count(place), place);
      }
    }

    private void add(String value, long count) {
      int next = values.size();
      added(values.add(value), count, next);
    }

    void add(byte[] utf8, int from, int length, long count) {
      int next = values.size();
      added(values.add(utf8, from, length), count, next);
    }

    private void added(int number, long count, int expected) {
      if (number != expected) {
        throw new RefusedException(
            "Cannot make a vocabulary: it holds '%s' twice".formatted(values.text(number)));
      }
      counts.add(count);
    }

    Vocabulary build() {
      return new Vocabulary(this);
    }
  }

  /** The values in the order of their indices, with their counts in train. */
  public List<ValueCount> entries() {
    return new Entries();
  }

  /** How many cells of train held one of the values. */
  public long count() {
    return counts.sum();
  }

  private final class Entries extends AbstractList<ValueCount> implements RandomAccess {
    @Override
    public ValueCount get(int place) {
      return new ValueCount(values.text(place), counts.get(place));
    }

    @Override
    public int size() {
      return values.size();
    }
  }

  public int size() {
    return values.size();
  }

  /** How many indices there are, those of null and unknown included. */
  public int cardinality() {
    return FIRST + size();
  }

  /** The index of a value, which may be null. */
  public int index(String value) {
    if (value == null) {
      return NULL;
    }
    int number = values.find(value);
    return number < 0 ? UNKNOWN : FIRST + number;
  }

  /** The index of each row; each distinct value is looked up once. */
  public int[] indices(StringColumn column) {
    return column.numbered(this::index, NULL);
  }

  /** Lower-case hexadecimal SHA-256 of the form in which {@link VocabularyLines} writes it. */
  public String sha256() {
    String known = sha256;
    if (known == null) {
      known = VocabularyLines.sha256(this);
      sha256 = known;
    }
    return known;
  }

  TextTable values() {
    return values;
  }

  long count(int place) {
    return counts.get(place);
  }

  private Object writeReplace() {
    return new Travelling(this);
  }

  /** Bytes in place of a million objects. */
  private static final class Travelling implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient Vocabulary vocabulary;

    Travelling(Vocabulary vocabulary) {
      this.vocabulary = vocabulary;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      TextTable values = vocabulary.values;
      Compact.writeInt(out, values.size());
      for (int place = 0; place < values.size(); place++) {
        Compact.writeInt(out, values.length(place));
        values.write(place, out);
        Compact.writeLong(out, vocabulary.counts.get(place));
      }
    }

    private void readObject(ObjectInputStream in) throws IOException {
      Builder builder = new Builder();
      byte[] utf8 = new byte[64];
      for (int left = Compact.readInt(in); left > 0; left--) {
        int length = Compact.readInt(in);
        utf8 = length > utf8.length ? new byte[length] : utf8;
        in.readFully(utf8, 0, length);
        builder.add(utf8, 0, length, Compact.readLong(in));
      }
      vocabulary = builder.build();
    }

    private Object readResolve() {
      return vocabulary;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary that
        && counts.equals(that.counts)
        && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return 31 * values.hashCode() + counts.hashCode();
  }

  @Override
  public String toString() {
    return "Vocabulary[%s values]".formatted(size());
  }
}
