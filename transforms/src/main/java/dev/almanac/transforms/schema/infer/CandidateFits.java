package dev.almanac.transforms.schema.infer;

import dev.almanac.transforms.schema.Place;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * How well the values of a column fit each of {@link Candidate#ALL}.
 *
 * @param places in their order, each once
 * @param refuted for each candidate the first value that does not fit it, as its position in {@code
 *     places}, or -1
 * @param fits for each candidate how many values fit it
 * @param turned how many values are dates in digits with the month before the day alone, and how
 *     many with the day before the month alone
 */
record CandidateFits(List<Place> places, List<Integer> refuted, List<Long> fits, List<Long> turned)
    implements Serializable {
  CandidateFits {
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
  static CandidateFits of(Place[] refuted, long[] fits, long[] turned) {
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
    return new CandidateFits(places, positions, counts, List.of(turned[0], turned[1]));
  }

  CandidateFits plus(CandidateFits other) {
    Place[] firsts = new Place[refuted.size()];
    long[] counts = new long[fits.size()];
    for (int i = 0; i < firsts.length; i++) {
      firsts[i] = Place.first(refutes(i), other.refutes(i));
      counts[i] = fits.get(i) + other.fits.get(i);
    }
    return of(
        firsts,
        counts,
        new long[] {turned.get(0) + other.turned.get(0), turned.get(1) + other.turned.get(1)});
  }

  /** The first value that does not fit a candidate, or null. */
  Place refutes(int candidate) {
    int place = refuted.get(candidate);
    return place < 0 ? null : places.get(place);
  }
}
