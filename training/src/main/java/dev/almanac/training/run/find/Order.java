package dev.almanac.training.run.find;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * In which order runs are given: by one key after another, such as {@code
 * metrics.validation.mae,-created}, where a minus turns a key's order round. Runs that lack a value
 * stand behind those that have one either way, and NaN between them; numbers stand before texts.
 */
public record Order(List<By> keys) {
  /** The newest first. */
  public static final Order NEWEST = new Order(List.of(new By(new Key("id", Key.Kind.TEXT), true)));

  public Order {
    keys = List.copyOf(keys);
  }

  /** A key, and whether the greatest value stands first. */
  public record By(Key key, boolean descending) {}

  /**
   * Reads one; runs that are equal in it are given the newest first.
   *
   * @throws FilterException showing the place
   */
  public static Order of(String text) throws FilterException {
    List<By> keys = new ArrayList<>();
    int at = 0;
    for (String part : text.split(",", -1)) {
      String name = part.strip();
      boolean descending = name.startsWith("-");
      String key = descending ? name.substring(1).strip() : name;
      int column = at + part.indexOf(key.isEmpty() ? part : key);
      if (key.isEmpty()) {
        throw new FilterException("order", text, at, "a key must stand here, such as created");
      }
      Key known =
          Key.of(key)
              .orElseThrow(() -> new FilterException("order", text, column, Key.unknown(key)));
      keys.add(new By(known, descending));
      at += part.length() + 1;
    }
    keys.addAll(NEWEST.keys);
    return new Order(keys);
  }

  /** Over runs whose facts are given. */
  public <R> Comparator<R> over(Function<R, Facts> facts) {
    Comparator<R> order = (a, b) -> 0;
    for (By by : keys) {
      String name = by.key().name();
      order =
          order.thenComparing(
              run -> facts.apply(run).get(name), (a, b) -> compare(a, b, by.descending()));
    }
    return order;
  }

  private static int compare(Value a, Value b, boolean descending) {
    int rank = Integer.compare(rank(a), rank(b));
    if (rank != 0 || a == null) {
      return rank;
    }
    int compared =
        a.number() != null
            ? Double.compare(a.number() + 0.0, b.number() + 0.0)
            : Value.compare(a.text(), b.text());
    return descending ? -compared : compared;
  }

  private static int rank(Value value) {
    if (value == null) {
      return 3;
    }
    if (value.number() == null) {
      return 1;
    }
    return value.number().isNaN() ? 2 : 0;
  }
}
