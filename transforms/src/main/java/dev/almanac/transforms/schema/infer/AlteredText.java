package dev.almanac.transforms.schema.infer;

import dev.almanac.transforms.schema.Place;
import java.io.Serializable;

/**
 * A number whose text does not come back from it.
 *
 * @param becomes what is written for it once it has been read
 */
record AlteredText(Place place, String becomes) implements Serializable {
  /** The first of two by place, either of which may be null. */
  static AlteredText first(AlteredText one, AlteredText other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.place.compareTo(other.place) <= 0 ? one : other;
  }
}
