package dev.almanac.training.run.index;

import dev.almanac.training.run.find.Value;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteJDBCLoader;

/**
 * The index on disk: a fact a row, in the order of keys, so that one key of all runs is read in one
 * go. Writes are short, and others wait for them. Not thread-safe.
 */
final class SqliteTable implements RunTable, AutoCloseable {
  /** Of the tables and of what facts mean. */
  static final int VERSION = 1;

  private static final int WAIT_MILLIS = 20_000;

  /** Runs whose values are sought one by one. */
  private static final int PAGE = 500;

  /** Runs that are written together. */
  private static final int BATCH = 500;

  /**
   * Files written so shortly before they were read may be written again within the same instant.
   */
  private static final long FRESH_MILLIS = 3000;

  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE IF NOT EXISTS run (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
              + " stamp TEXT NOT NULL, open INTEGER NOT NULL, problem TEXT)",
          "CREATE TABLE IF NOT EXISTS key (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
          "CREATE TABLE IF NOT EXISTS fact (key INTEGER NOT NULL, run INTEGER NOT NULL,"
              + " number REAL, text TEXT, PRIMARY KEY (key, run)) WITHOUT ROWID");

  private final Connection connection;
  private final Map<String, Long> keys = new HashMap<>();

  private final Map<String, String> begun;
  private final Map<String, Long> runs = new LinkedHashMap<>();
  private Map<String, String> unreadable;
  private Set<String> names;

  private SqliteTable(Connection connection, Map<String, String> begun) {
    this.connection = connection;
    this.begun = begun;
  }

  /**
   * @param begun why folders without a record are no runs, by their names
   */
  static SqliteTable open(Path file, Map<String, String> begun) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(WAIT_MILLIS);
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    config.setCacheSize(-65_536);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + file);
      SqliteTable table = new SqliteTable(connection, begun);
      try (Statement statement = connection.createStatement()) {
        if (!table.isMade(statement)) {
          for (String create : TABLES) {
            statement.execute(create);
          }
          statement.execute("PRAGMA user_version = " + VERSION);
        }
        return table;
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new IndexException(e);
    }
  }

  /** Loads the library while something else is done, such as listing a folder. */
  static void loadBeside() {
    Thread loading =
        new Thread(
            () -> {
              try {
                SQLiteJDBCLoader.initialize();
              } catch (Exception | LinkageError unusable) {
                // Told where it is used.
              }
            },
            "index");
    loading.setDaemon(true);
    loading.start();
  }

  private boolean isMade(Statement statement) throws SQLException {
    try (ResultSet version = statement.executeQuery("PRAGMA user_version")) {
      return version.next() && version.getInt(1) == VERSION;
    }
  }

  /** Reads what is not as it was, and forgets what is gone. */
  void update(Map<String, Stamp> stamps, Readings readings) {
    try {
      Set<String> stale = new TreeSet<>(stamps.keySet());
      List<Long> gone = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet known = statement.executeQuery("SELECT id, name, stamp, open FROM run")) {
        while (known.next()) {
          Stamp now = stamps.get(known.getString(2));
          if (now == null) {
            gone.add(known.getLong(1));
          } else if (known.getInt(4) == 0 && now.text().equals(known.getString(3))) {
            stale.remove(known.getString(2));
          }
        }
      }
      if (!gone.isEmpty()) {
        connection.setAutoCommit(false);
        for (long run : gone) {
          forget(run);
        }
        commit();
      }
      List<RunReading> batch = new ArrayList<>();
      long began = System.currentTimeMillis();
      readings.each(
          stale,
          reading -> {
            batch.add(reading);
            if (batch.size() == BATCH) {
              write(batch, stamps, began);
            }
          });
      write(batch, stamps, began);
    } catch (SQLException e) {
      throw new IndexException(e);
    }
  }

  private void write(List<RunReading> batch, Map<String, Stamp> stamps, long began) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      connection.setAutoCommit(false);
      try (PreparedStatement run =
              connection.prepareStatement(
                  "INSERT INTO run (name, stamp, open, problem) VALUES (?, ?, ?, ?) RETURNING id");
          PreparedStatement fact =
              connection.prepareStatement("INSERT INTO fact VALUES (?, ?, ?, ?)")) {
        for (RunReading reading : batch) {
          long before = single("SELECT id FROM run WHERE name = ?", reading.name());
          if (before >= 0) {
            forget(before);
          }
          Stamp stamp = stamps.get(reading.name());
          boolean open = reading.open() || stamp.latest() > began - FRESH_MILLIS;
          run.setString(1, reading.name());
          run.setString(2, stamp.text());
          run.setInt(3, open ? 1 : 0);
          run.setString(4, reading.problem());
          long id;
          try (ResultSet made = run.executeQuery()) {
            made.next();
            id = made.getLong(1);
          }
          for (Map.Entry<String, Value> entry : reading.facts().entrySet()) {
            Value value = entry.getValue();
            fact.setLong(1, key(entry.getKey()));
            fact.setLong(2, id);
            fact.setObject(3, value.number());
            // SQLite has no NaN.
            boolean none = value.number() != null && value.number().isNaN();
            fact.setString(4, none ? "NaN" : value.text());
            fact.addBatch();
          }
        }
        fact.executeBatch();
      }
      commit();
      batch.clear();
    } catch (SQLException e) {
      throw new IndexException(e);
    }
  }

  private void commit() throws SQLException {
    connection.commit();
    connection.setAutoCommit(true);
  }

  private void forget(long run) throws SQLException {
    for (String delete :
        List.of(
            "DELETE FROM fact WHERE run = ?1 AND key IN (SELECT id FROM key)",
            "DELETE FROM run WHERE id = ?1")) {
      try (PreparedStatement statement = connection.prepareStatement(delete)) {
        statement.setLong(1, run);
        statement.executeUpdate();
      }
    }
  }

  private long key(String name) throws SQLException {
    Long known = keys.get(name);
    if (known == null) {
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT OR IGNORE INTO key (name) VALUES (?)")) {
        insert.setString(1, name);
        insert.executeUpdate();
      }
      known = single("SELECT id FROM key WHERE name = ?", name);
      keys.put(name, known);
    }
    return known;
  }

  /** One number; less than zero for none. */
  private long single(String query, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet found = statement.executeQuery()) {
        return found.next() ? found.getLong(1) : -1;
      }
    }
  }

  @Override
  public List<String> names() {
    return List.copyOf(runs().keySet());
  }

  /** Ids of the runs that can be read, by their names; looked up once. */
  private Map<String, Long> runs() {
    if (runs.isEmpty()) {
      rows(
          "SELECT name, NULL, id FROM run WHERE problem IS NULL ORDER BY name",
          List.of(),
          (name, none, id) -> runs.put(name, id.longValue()));
    }
    return runs;
  }

  @Override
  public Map<String, String> unreadable() {
    if (unreadable == null) {
      unreadable = new TreeMap<>(begun);
      rows(
          "SELECT name, problem, NULL FROM run WHERE problem IS NOT NULL",
          List.of(),
          (name, text, number) -> unreadable.put(name, text));
    }
    return unreadable;
  }

  @Override
  public Map<String, Value> column(String key) {
    Map<String, Value> column = new HashMap<>();
    rows(
        "SELECT run.name, text, number FROM fact JOIN run ON run.id = fact.run"
            + " WHERE key = (SELECT id FROM key WHERE name = ?)",
        List.of(key),
        (name, text, number) -> column.put(name, value(text, number)));
    return column;
  }

  @Override
  public Map<String, Value> column(String key, Collection<String> names) {
    if (names.size() > PAGE) {
      return RunTable.super.column(key, names);
    }
    Map<String, Value> column = new HashMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT text, number FROM fact WHERE key = ? AND run = ?")) {
      statement.setLong(1, single("SELECT id FROM key WHERE name = ?", key));
      for (String name : names) {
        Long run = runs().get(name);
        if (run != null) {
          statement.setLong(2, run);
          try (ResultSet found = statement.executeQuery()) {
            if (found.next()) {
              column.put(name, value(found));
            }
          }
        }
      }
    } catch (SQLException e) {
      throw new IndexException(e);
    }
    return column;
  }

  @Override
  public Map<String, Value> row(String name) {
    Map<String, Value> row = new TreeMap<>();
    rows(
        "SELECT key.name, text, number FROM key JOIN fact ON fact.key = key.id"
            + " AND fact.run = (SELECT id FROM run WHERE name = ?)",
        List.of(name),
        (key, text, number) -> row.put(key, value(text, number)));
    return row;
  }

  @Override
  public Set<String> keys() {
    if (names == null) {
      names = new TreeSet<>();
      rows("SELECT name, NULL, NULL FROM key", List.of(), (name, text, number) -> names.add(name));
    }
    return names;
  }

  private static Value value(ResultSet textAndNumber) throws SQLException {
    double number = textAndNumber.getDouble(2);
    boolean none = textAndNumber.wasNull();
    return value(textAndNumber.getString(1), none ? null : number);
  }

  private static Value value(String text, Double number) {
    return number == null && "NaN".equals(text)
        ? Value.of(Double.NaN)
        : new Value(number, number == null ? text : null);
  }

  private interface Row {
    void take(String name, String text, Double number);
  }

  private void rows(String query, Collection<String> arguments, Row use) {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      int at = 1;
      for (String argument : arguments) {
        statement.setString(at++, argument);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          double read = rows.getDouble(3);
          Double number = rows.wasNull() ? null : read;
          use.take(rows.getString(1), rows.getString(2), number);
        }
      }
    } catch (SQLException e) {
      throw new IndexException(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IndexException(e);
    }
  }
}
