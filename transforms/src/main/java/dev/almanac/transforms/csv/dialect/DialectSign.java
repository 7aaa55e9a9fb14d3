package dev.almanac.transforms.csv.dialect;

import java.io.Serializable;

/**
 * A setting of {@code source:} that a file seems to need, or an oddity that no setting corrects.
 *
 * @param setting its key and a value, as a config has them; null when there is none
 * @param column whose cells show it; null when the file as a whole does
 * @param sign what was seen
 */
public record DialectSign(String setting, String column, String sign) implements Serializable {
  /** One sentence for a person. */
  @Override
  public String toString() {
    return setting == null
        ? sign
        : "%s: set source.%s if that is how it is meant".formatted(sign, setting);
  }
}
