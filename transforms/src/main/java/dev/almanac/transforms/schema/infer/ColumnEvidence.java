package dev.almanac.transforms.schema.infer;

import dev.almanac.transforms.schema.ColumnDemand;
import dev.almanac.transforms.schema.Place;
import dev.almanac.transforms.schema.SchemaColumn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known about one column from some files. Immutable; merging is commutative and
 * associative.
 *
 * @param files files that have the column
 * @param rows cells, in rows that were read
 * @param nulls cells that are missing
 * @param notFinite cells that are NaN, an infinity or beyond binary64
 * @param firstFile the first file by path that has the column
 * @param firstPosition the column's position in that file
 * @param places in their order, each once
 * @param refuted for each of {@link Candidate#ALL} the first value that it does not fit, as its
 *     position in {@code places}, or -1
 * @param fits for each of {@link Candidate#ALL} how many values fit it
 * @param turned how many values are dates in digits with the month before the day alone, and how
 *     many with the day before the month alone
 * @param alteredLong the first integer whose text does not come back from it, or null
 * @param alteredDouble the first number whose text does not come back from the double, or null
 * @param twice the first file by path that has two columns of the name, its text saying which; null
 *     when there is none
 */
record ColumnEvidence(
    long files,
    long rows,
    long nulls,
    long notFinite,
    String firstFile,
    int firstPosition,
    List<Place> places,
    List<Integer> refuted,
    List<Long> fits,
    List<Long> turned,
    AlteredText alteredLong,
    AlteredText alteredDouble,
    Place twice)
    implements Serializable {
  ColumnEvidence {
    places = List.copyOf(places);
    refuted = List.copyOf(refuted);
    fits = List.copyOf(fits);
    turned = List.copyOf(turned);
  }

  /**
   * Of places as they are.
   *
   * @param refuted has null where a candidate fits every value
   */
  static ColumnEvidence of(
      long files,
      long rows,
      long nulls,
      long notFinite,
      String firstFile,
      int firstPosition,
      Place[] refuted,
      long[] fits,
      long[] turned,
      AlteredText alteredLong,
      AlteredText alteredDouble,
      Place twice) {
    TreeSet<Place> distinct = new TreeSet<>();
    for (Place place : refuted) {
      if (place != null) {
        distinct.add(place);
      }
    }
    List<Place> places = new ArrayList<>(distinct);
    List<Integer> positions = new ArrayList<>(refuted.length);
    List<Long> counts = new ArrayList<>(fits.length);
    for (int i = 0; i < refuted.length; i++) {
      positions.add(places.indexOf(refuted[i]));
      counts.add(fits[i]);
    }
    return new ColumnEvidence(
        files,
        rows,
        nulls,
        notFinite,
        firstFile,
        firstPosition,
        places,
        positions,
        counts,
        List.of(turned[0], turned[1]),
        alteredLong,
        alteredDouble,
        twice);
  }

  ColumnEvidence merge(ColumnEvidence other) {
    boolean isFirst = firstFile.compareTo(other.firstFile) <= 0;
    Place[] firsts = new Place[refuted.size()];
    long[] counts = new long[fits.size()];
    for (int i = 0; i < firsts.length; i++) {
      firsts[i] = Place.first(refutes(i), other.refutes(i));
      counts[i] = fits.get(i) + other.fits.get(i);
    }
    return of(
        files + other.files,
        rows + other.rows,
        nulls + other.nulls,
        notFinite + other.notFinite,
        isFirst ? firstFile : other.firstFile,
        isFirst ? firstPosition : other.firstPosition,
        firsts,
        counts,
        new long[] {turned.get(0) + other.turned.get(0), turned.get(1) + other.turned.get(1)},
        AlteredText.first(alteredLong, other.alteredLong),
        AlteredText.first(alteredDouble, other.alteredDouble),
        Place.first(twice, other.twice));
  }

  /** The first value that does not fit a candidate, or null. */
  Place refutes(int candidate) {
    int place = refuted.get(candidate);
    return place < 0 ? null : places.get(place);
  }

  /** Cells that are not missing. */
  long values() {
    return rows - nulls;
  }

  /** The column's description, given how many files there are and what is asked of it. */
  SchemaColumn conclude(String name, long allFiles, Set<ColumnDemand> asked) {
    return new Conclusion(this, name, nulls > 0 || files < allFiles, asked).column();
  }
}
