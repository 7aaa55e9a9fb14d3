package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.Moments;

/** A step that maps {@code x} to {@code (x - center) / scale}. */
public sealed interface Scale extends NumericStep permits Standardize, MinMax {
  double center(Moments moments);

  /** Above zero. */
  double scale(Moments moments);
}
