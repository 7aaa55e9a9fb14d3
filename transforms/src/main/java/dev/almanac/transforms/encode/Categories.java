package dev.almanac.transforms.encode;

import dev.almanac.transforms.encode.vocabulary.Vocabulary;
import java.util.List;

/**
 * How a cell comes to the index of its category, for those who compute or show it elsewhere: a
 * reader answers for each way there is.
 */
public sealed interface Categories {
  /** Answers for each way. */
  interface Reader<T> {
    T texts(Texts texts);

    T ranges(Ranges ranges);

    T numbered(Numbered numbered);
  }

  <T> T read(Reader<T> reader);

  /** A text has the index that a vocabulary gives it. */
  record Texts(Vocabulary vocabulary) implements Categories {
    @Override
    public <T> T read(Reader<T> reader) {
      return reader.texts(this);
    }
  }

  /**
   * A number has {@link Vocabulary#FIRST} and the number of edges that are at or below it.
   *
   * @param edges strictly rising
   * @param statistics of train's numbers
   */
  record Ranges(List<Double> edges, NumericSummary statistics) implements Categories {
    @Override
    public <T> T read(Reader<T> reader) {
      return reader.ranges(this);
    }
  }

  /**
   * A text has a number from 0 on by a rule that needs no table.
   *
   * @param name of a column that holds the number
   * @param rule how it is computed, for a person
   * @param indices of each number
   * @param counts of each number's cells in train
   */
  record Numbered(String name, String rule, List<Integer> indices, List<Long> counts)
      implements Categories {
    @Override
    public <T> T read(Reader<T> reader) {
      return reader.numbered(this);
    }
  }
}
