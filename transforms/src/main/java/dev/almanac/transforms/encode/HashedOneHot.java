package dev.almanac.transforms.encode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.analyze.Analyzer;
import dev.almanac.transforms.analyze.ColumnStatistics;
import dev.almanac.transforms.analyze.ValueCounts;
import dev.almanac.transforms.analyze.ValueCounts.ValueCount;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.TextHash;
import dev.almanac.transforms.encode.vocabulary.Vocabulary;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.json.MayBeAbsent;
import dev.almanac.transforms.problem.RefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Gives each of so many buckets a number of its own, 1 where a cell's text hashes to it and else 0:
 * one-hot of categories that are too many to be kept, or that are not known beforehand.
 *
 * <p>The bucket is the {@link TextHash} of the text, unsigned, modulo {@code buckets}; texts that
 * fall into one bucket are one to a model. With so many different texts as buckets about 37 % of
 * the buckets stay empty, and 63 % of the texts share theirs. Numbers are named {@code
 * COLUMN#bucket}, as many as there are buckets, whatever train holds. Where train has missing
 * cells, {@code COLUMN.missing} stands for them; else they are zeros all through.
 *
 * @param seed of the hash; null is 0
 */
public record HashedOneHot(int buckets, @MayBeAbsent Integer seed) implements NominalStep {
  public HashedOneHot {
    if (buckets < 2 || buckets > OneHot.MOST) {
      throw new RefusedException(
          "buckets must be from 2 to %s (%s)".formatted(OneHot.MOST, buckets));
    }
  }

  private TextHash hash() {
    return new TextHash(seed == null ? 0 : seed);
  }

  @Override
  public List<Class<? extends Analyzer<?>>> analyzers() {
    return List.of(ValueCounts.class);
  }

  @Override
  public CategoryEncoder fit(String column, ColumnStatistics train) {
    ValueCounts values = train.of(ValueCounts.class);
    Long[] counts = new Long[buckets];
    Arrays.fill(counts, 0L);
    for (ValueCount value : values.byValue()) {
      counts[hash().bucket(value.value(), buckets)] += value.count();
    }
    return new Learned(
        column,
        List.of(this),
        values.nulls(),
        (long) values.distinct(),
        List.of(counts),
        null,
        null);
  }

  @Override
  public CategoryEncoder read(ObjectNode written, Vocabulary vocabulary) {
    Keys keys = Json.mapper().convertValue(written, Keys.class);
    return new Learned(
        keys.column, keys.steps, keys.nulls, keys.distinct, keys.bucketCounts, null, null);
  }

  /** The written form. */
  private record Keys(
      String column,
      List<NominalStep> steps,
      long count,
      long nulls,
      Long distinct,
      int cardinality,
      List<Long> bucketCounts) {}

  /**
   * What was learned.
   *
   * @param counts of train's cells in each bucket
   * @param indices of the buckets, that of the fullest first; follow from the counts
   * @param indicators follow from the rest
   */
  record Learned(
      String column,
      List<NominalStep> steps,
      long nulls,
      Long distinct,
      List<Long> counts,
      List<Integer> indices,
      List<Indicator> indicators)
      implements CategoryEncoder {
    Learned {
      steps = List.copyOf(steps);
      counts = List.copyOf(counts);
      List<Integer> order = fullestFirst(counts);
      Integer[] places = new Integer[order.size()];
      IntStream.range(0, places.length)
          .forEach(place -> places[order.get(place)] = Vocabulary.FIRST + place);
      indices = List.of(places);
      List<Indicator> named = new ArrayList<>();
      for (int bucket = 0; bucket < places.length; bucket++) {
        named.add(new Indicator("%s#%s".formatted(column, bucket), places[bucket]));
      }
      if (nulls > 0) {
        named.add(new Indicator(column + NumericEncoder.MISSING_SUFFIX, Vocabulary.NULL));
      }
      indicators = List.copyOf(named);
    }

    private static List<Integer> fullestFirst(List<Long> counts) {
      return IntStream.range(0, counts.size())
          .boxed()
          .sorted(Comparator.comparing((Integer bucket) -> -counts.get(bucket)))
          .toList();
    }

    private HashedOneHot step() {
      return (HashedOneHot) steps.get(0);
    }

    @Override
    public long count() {
      return counts.stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public int cardinality() {
      return Vocabulary.FIRST + counts.size();
    }

    @Override
    public int[] indices(Column cells) {
      TextHash hash = step().hash();
      return cells
          .asText()
          .numbered(text -> indices.get(hash.bucket(text, counts.size())), Vocabulary.NULL);
    }

    @Override
    public Categories categories() {
      return new Categories.Numbered(
          column + ".bucket",
          "%s, modulo %s".formatted(step().hash().rule(), counts.size()),
          indices,
          counts);
    }

    /** A hash leaves nothing unseen: a bucket that train has no row of is among the others. */
    @Override
    public ReferenceColumn reference() {
      List<ValueCount> filled =
          fullestFirst(counts).stream()
              .filter(bucket -> counts.get(bucket) > 0)
              .map(bucket -> new ValueCount("#%s".formatted(bucket), counts.get(bucket)))
              .toList();
      return ReferenceColumn.of(column, filled, count(), count(), nulls);
    }

    @Override
    public ObjectNode written() {
      return Json.mapper()
          .valueToTree(new Keys(column, steps, count(), nulls, distinct, cardinality(), counts));
    }
  }
}
