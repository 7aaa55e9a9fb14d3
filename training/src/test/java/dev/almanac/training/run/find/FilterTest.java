package dev.almanac.training.run.find;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Filters and orders of runs, with DuckDB as the oracle of their logic. */
class FilterTest {
  private static final Instant NOW = Instant.parse("2026-11-28T02:00:00Z");
  private static final String MAE = "metrics.validation.mae";
  private static final String EPOCHS = "params.train.epochs";
  private static final String FAMILY = "params.train.model.family";
  private static final List<String> FAMILIES = List.of("mlp", "resnet", "Resnet", "ft", "", "a'b");

  /** A condition in both languages. */
  private record Both(String ours, String sql) {
    Both and(Both other, String word) {
      return new Both(
          "(%s) %s (%s)".formatted(ours, word, other.ours),
          "(%s) %s (%s)".formatted(sql, word, other.sql));
    }
  }

  @Test
  void findsWhatDuckDbFinds() throws Exception {
    Random random = new Random(13);
    List<Map<String, Value>> runs = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(
          "CREATE TABLE runs (id INTEGER, mae DOUBLE, epochs DOUBLE, family VARCHAR, created TIMESTAMP)");
      for (int id = 0; id < 80; id++) {
        runs.add(insert(duck, id, random));
      }
      int some = 0;
      for (int turn = 0; turn < 600; turn++) {
        Both filter = random(random, 3);
        Set<Integer> expected = new TreeSet<>();
        try (ResultSet rows = statement.executeQuery("SELECT id FROM runs WHERE " + filter.sql())) {
          while (rows.next()) {
            expected.add(rows.getInt(1));
          }
        }
        Filter ours = Filter.of(filter.ours(), NOW);
        Set<Integer> found = new TreeSet<>();
        for (int id = 0; id < runs.size(); id++) {
          if (ours.matches(runs.get(id)::get)) {
            found.add(id);
          }
        }
        assertEquals(expected, found, filter.ours());
        some += found.isEmpty() || found.size() == runs.size() ? 0 : 1;
      }
      assertTrue(some > 200, "filters that tell runs apart: " + some);
    }
  }

  private static Map<String, Value> insert(Connection duck, int id, Random random)
      throws SQLException {
    Map<String, Value> facts = new HashMap<>();
    try (PreparedStatement insert =
        duck.prepareStatement("INSERT INTO runs VALUES (?, ?, ?, ?, ?::TIMESTAMP)")) {
      insert.setInt(1, id);
      number(insert, 2, MAE, random.nextInt(6) - 2, facts, random);
      number(insert, 3, EPOCHS, random.nextInt(4) * 5, facts, random);
      if (random.nextInt(4) == 0) {
        insert.setNull(4, Types.VARCHAR);
      } else {
        String family = FAMILIES.get(random.nextInt(FAMILIES.size()));
        insert.setString(4, family);
        facts.put(FAMILY, Value.of(family));
      }
      String created =
          "2026-11-%02dT%02d:00:00Z".formatted(1 + random.nextInt(4), random.nextInt(3));
      insert.setString(5, created.replace("T", " ").replace("Z", ""));
      facts.put("created", Value.of(created));
      insert.execute();
    }
    return facts;
  }

  private static void number(
      PreparedStatement insert,
      int at,
      String key,
      int drawn,
      Map<String, Value> facts,
      Random random)
      throws SQLException {
    if (random.nextInt(4) == 0) {
      insert.setNull(at, Types.DOUBLE);
    } else {
      insert.setDouble(at, drawn / 2.0);
      facts.put(key, Value.of(drawn / 2.0));
    }
  }

  private static Both random(Random random, int depth) {
    if (depth > 0 && random.nextInt(3) > 0) {
      Both one = random(random, depth - 1);
      return switch (random.nextInt(3)) {
        case 0 -> new Both("not (%s)".formatted(one.ours()), "NOT (%s)".formatted(one.sql()));
        case 1 -> one.and(random(random, depth - 1), "and");
        default -> one.and(random(random, depth - 1), "or");
      };
    }
    String operator = List.of("=", "!=", "<", "<=", ">", ">=").get(random.nextInt(6));
    String number = Double.toString((random.nextInt(7) - 2) / 2.0);
    boolean mae = random.nextBoolean();
    String family = "'" + FAMILIES.get(random.nextInt(FAMILIES.size())).replace("'", "''") + "'";
    String not = random.nextBoolean() ? "not " : "";
    return switch (random.nextInt(8)) {
      case 0 ->
          new Both(FAMILY + " " + operator + " " + family, "family " + operator + " " + family);
      case 1 ->
          new Both(
              "%s %sin (%s, mlp)".formatted(FAMILY, not, family),
              "family %s IN (%s, 'mlp')".formatted(not, family));
      case 2 ->
          new Both(
              "%s %slike '%%e%%'".formatted(FAMILY, not), "family %s LIKE '%%e%%'".formatted(not));
      case 3 ->
          new Both(
              "%s %sILIKE 'r_s%%'".formatted(FAMILY, not),
              "family %s ILIKE 'r_s%%'".formatted(not));
      case 4 ->
          new Both(
              (mae ? MAE : FAMILY) + " is %snull".formatted(not),
              (mae ? "mae" : "family") + " IS %s NULL".formatted(not));
      case 5 -> {
        String day = "2026-11-0" + (1 + random.nextInt(4));
        String hour = day + " 01:00:00";
        String orders = List.of("<", "<=", ">", ">=").get(random.nextInt(4));
        yield random.nextBoolean()
            ? new Both("created = " + day, "created::DATE = DATE '" + day + "'")
            : new Both(
                "created %s '%s'".formatted(orders, hour),
                "created %s TIMESTAMP '%s'".formatted(orders, hour));
      }
      case 6 ->
          new Both(
              "%s %scontains 'ES'".formatted(FAMILY, not),
              "%s contains(lower(family), 'es')".formatted(not));
      default ->
          new Both(
              "%s %s %s".formatted(mae ? MAE : EPOCHS, operator, number),
              "%s %s %s".formatted(mae ? "mae" : "epochs", operator, number));
    };
  }

  @Test
  void aZeroIsAValueAndNothingIsNone() throws FilterException {
    Map<String, Value> zero = Map.of(MAE, Value.of(-0.0), "tags.version", Value.of("10"));
    for (String filter :
        List.of(
            MAE + " = 0",
            MAE + " >= 0 and not " + MAE + " < 0",
            MAE + ".best = 0",
            "metrics.test.mae is null",
            "tags.version > 9 and tags.version < alpha",
            "tags.version = '10.0'",
            "tags.`version` in (1, 10)")) {
      assertTrue(Filter.of(filter, NOW).matches(zero::get), filter);
    }
    for (String filter :
        List.of(
            "metrics.test.mae < 5",
            "metrics.test.mae != 5",
            "not metrics.test.mae = 5",
            "tags.x not in (1)",
            MAE + " is null")) {
      assertTrue(!Filter.of(filter, NOW).matches(zero::get), filter);
    }
    Map<String, Value> none = Map.of(MAE, Value.of(Double.NaN));
    assertTrue(Filter.of(MAE + " != 0", NOW).matches(none::get));
    assertTrue(!Filter.of(MAE + " <= 0 or " + MAE + " >= 0", NOW).matches(none::get));
  }

  @Test
  void timesDurationsAndStatesAreRead() throws FilterException {
    Map<String, Value> run =
        Map.of(
            "created", Value.of("2026-11-21T10:30:15Z"),
            "seconds", Value.of(5400),
            "state", Value.of("finished"),
            "params.train.optimizer.learning-rate", Value.of(0.001),
            "tags.my key", Value.of("a, b"),
            "params.train.model.hidden", Value.of("[256,128]"));
    for (String filter :
        List.of(
            "created > -7d",
            "created < -6d and created > -1w",
            "created = 2026-11-21",
            "created = '2026-11-21 10:30' and created = 2026-11-21T10:30:15Z",
            "created = 2026-11-21T11:30+01:00",
            "seconds >= 1.5h and seconds < 91m",
            "state IN (finished, failed) AND NOT state = running",
            "params.train.optimizer.learning-rate<=1e-3",
            "tags.`my key`=\"a, b\"",
            "params.train.model.hidden = '[256,128]'",
            "params.train.model.hidden contains 128")) {
      assertTrue(Filter.of(filter, NOW).matches(run::get), filter);
    }
  }

  @Test
  void aProblemPointsAtItsPlace() {
    Map<String, String> problems =
        Map.ofEntries(
            Map.entry("metrics.validation.mae <", "a value for metrics.validation.mae"),
            Map.entry("validation.mae < 3", "did you mean 'metrics.validation.mae'?"),
            Map.entry("train.epochs = 3", "did you mean 'params.train.epochs'?"),
            Map.entry("stat = failed", "did you mean 'state'?"),
            Map.entry("state = finishd", "did you mean 'finished'?; states are running"),
            Map.entry("metrics.validation.mae < low", "compared with a number ('low' found)"),
            Map.entry("created > yesterday", "compared with a time"),
            Map.entry("created > 7d", "write -7d"),
            Map.entry("(seed = 1", "a ')' must close the '(' of column 1"),
            Map.entry("seed = 1 seed = 2", "'and', 'or' or the end must follow"),
            Map.entry("note like 'x", "the quote that begins here does not end"),
            Map.entry("note = null", "`is null`"),
            Map.entry("seed like '1%'", "seed is no text"),
            Map.entry("!seed = 1", "`not` turns a condition round"),
            Map.entry("3 < seed", "there is no key '3'"),
            Map.entry("seed in 3", "a list such as (a, b)"));
    problems.forEach(
        (filter, part) -> {
          String message =
              assertThrows(FilterException.class, () -> Filter.of(filter, NOW)).getMessage();
          assertTrue(message.contains(part), message);
        });
    String message =
        assertThrows(FilterException.class, () -> Filter.of("seed = 1 and sed = 2", NOW))
            .getMessage();
    assertTrue(message.contains("(column 14)"), message);
    List<String> lines = message.lines().toList();
    assertEquals(lines.get(1).indexOf("sed"), lines.get(2).indexOf('^'), message);
    String deep = "(".repeat(5000) + "seed = 1";
    assertTrue(
        assertThrows(FilterException.class, () -> Filter.of(deep, NOW))
            .getMessage()
            .contains("nested too deeply"));
  }

  @Test
  void ordersPutMissingValuesLastEitherWay() throws FilterException {
    Map<String, Map<String, Value>> runs = new HashMap<>();
    double[] values = {3, 1, Double.NaN, 1};
    for (int i = 0; i < 5; i++) {
      Map<String, Value> facts = new HashMap<>(Map.of("id", Value.of("r" + i)));
      if (i < values.length) {
        facts.put(MAE, Value.of(values[i]));
      }
      runs.put("r" + i, facts);
    }
    assertEquals(List.of("r3", "r1", "r0", "r2", "r4"), sorted(MAE, runs));
    assertEquals(List.of("r0", "r3", "r1", "r2", "r4"), sorted("-" + MAE, runs));
    assertEquals(List.of("r1", "r3", "r0", "r2", "r4"), sorted(MAE + ", id", runs));
    String message = assertThrows(FilterException.class, () -> Order.of("id,-creatd")).getMessage();
    assertTrue(message.contains("did you mean 'created'?") && message.contains("(column 5)"));
    assertThrows(FilterException.class, () -> Order.of("id,"));
  }

  private static List<String> sorted(String order, Map<String, Map<String, Value>> runs)
      throws FilterException {
    return runs.keySet().stream()
        .sorted(Order.of(order).over((String run) -> runs.get(run)::get))
        .toList();
  }
}
