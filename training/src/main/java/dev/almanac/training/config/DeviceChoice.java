package dev.almanac.training.config;

import java.util.Arrays;
import java.util.List;

/** Where the arithmetic is to be done. */
public enum DeviceChoice {
  /** A GPU when there is one. */
  AUTO("auto"),
  CPU("cpu"),
  GPU("gpu");

  private final String text;

  DeviceChoice(String text) {
    this.text = text;
  }

  /** Its name in a config. */
  public String text() {
    return text;
  }

  /** All names, the usual one first. */
  public static List<String> names() {
    return Arrays.stream(values()).map(DeviceChoice::text).toList();
  }

  /**
   * The choice with this name.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static DeviceChoice of(String text) {
    return Arrays.stream(values())
        .filter(choice -> choice.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot train on device '%s': devices are %s"
                        .formatted(text, String.join(", ", names()))));
  }

  /** The choice that comes to a device again, such as {@code gpu0}. */
  public static DeviceChoice ofDevice(String name) {
    return name.startsWith(GPU.text) ? GPU : of(name);
  }
}
