package dev.almanac.benchmarks.duckdb;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@code benchmarks/prepare.yaml} prepares, in SQL of DuckDB's: a load, a fit, a copy for each
 * split.
 *
 * <p>The files differ in their columns, so they are united by name; an explicit dialect, explicit
 * types and a small sample keep DuckDB from sniffing each of them at length, which is most of the
 * time otherwise. What else was tried: benchmarks/TRIED.md.
 */
public final class PrepareSql {
  /** In the order of {@code split}'s numbers in the table. */
  public static final List<String> SPLITS = List.of("train", "validation", "test");

  private static final List<String> FLAGGED = List.of("PRCP", "SNOW", "SNWD", "TMIN", "TMAX");
  private static final List<String> NUMERIC =
      List.of("PRCP", "SNOW", "SNWD", "TMIN", "LATITUDE", "LONGITUDE", "ELEVATION");

  /** The share of the year that has passed when the day begins; see {@code DatePart}. */
  private static final String TURN = "2 * pi() * (dayofyear(DATE) - 1) / 365.2425";

  private static final List<Feature> FEATURES = features();

  private record Feature(String name, String expression) {}

  private PrepareSql() {}

  /** Makes the table of the rows that have a label and lie in a split's range. */
  public static String load(String glob) {
    String flagged =
        FLAGGED.stream()
            .map(
                // The strpos says the same as the rest for nearly every row, and sooner.
                name ->
                    """
                    CASE WHEN %1$s_ATTRIBUTES IS NULL
                           OR strpos(%1$s_ATTRIBUTES, ',,') = strpos(%1$s_ATTRIBUTES, ',')
                           OR trim(split_part(%1$s_ATTRIBUTES, ',', 2)) = ''
                         THEN %1$s END AS %1$s"""
                        .formatted(name))
            .collect(Collectors.joining(",\n"));
    return """
        CREATE TABLE days AS
        SELECT *,
               (CASE WHEN DATE < DATE '2013-01-01' THEN 0
                     WHEN DATE < DATE '2015-01-01' THEN 1 ELSE 2 END)::TINYINT AS split
        FROM (
          SELECT STATION, DATE, LATITUDE, LONGITUDE, ELEVATION, %s
          FROM read_csv('%s', union_by_name = true, header = true, delim = ',', quote = '"',
                        escape = '"', dateformat = '%%Y-%%m-%%d', sample_size = 20,
                        types = {'STATION': 'VARCHAR', 'DATE': 'DATE', 'LATITUDE': 'DOUBLE',
                                 'LONGITUDE': 'DOUBLE', 'ELEVATION': 'DOUBLE', 'PRCP': 'INTEGER',
                                 'SNOW': 'INTEGER', 'SNWD': 'INTEGER', 'TMAX': 'INTEGER',
                                 'TMIN': 'INTEGER'}))
        WHERE TMAX IS NOT NULL AND DATE >= DATE '1985-01-01'
        """
        .formatted(flagged, glob);
  }

  /** Asks for the mean and the deviation of each feature in train, in pairs. */
  public static String moments() {
    return "SELECT %s FROM days WHERE split = 0"
        .formatted(
            FEATURES.stream()
                .map(f -> "avg(%1$s), stddev_pop(%1$s)".formatted(f.expression()))
                .collect(Collectors.joining(", ")));
  }

  /** How many values {@link #moments} gives. */
  public static int momentCount() {
    return 2 * FEATURES.size();
  }

  /**
   * Makes a type of the train split's stations, in the order of their numbers: a look-up that keeps
   * the rows in their order, which a join does not.
   */
  public static String vocabulary() {
    return """
        CREATE TYPE vocabulary AS ENUM (
          SELECT STATION FROM days WHERE split = 0 AND STATION IS NOT NULL
          GROUP BY STATION ORDER BY count(*) DESC, STATION)
        """;
  }

  /**
   * Writes one split.
   *
   * @param moments what {@link #moments} gave
   * @param shuffled whether rows are written in the order of a hash; only train ever is
   */
  public static String copy(int split, double[] moments, boolean shuffled, String file) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < FEATURES.size(); i++) {
      columns.add(
          "coalesce((%s - %s::DOUBLE) / %s::DOUBLE, 0)::FLOAT AS \"%s\""
              .formatted(
                  FEATURES.get(i).expression(),
                  moments[2 * i],
                  moments[2 * i + 1] > 0 ? moments[2 * i + 1] : 1,
                  FEATURES.get(i).name()));
    }
    // 0 is null, 1 is unknown.
    columns.add(
        """
        CASE WHEN STATION IS NULL THEN 0
             ELSE coalesce(enum_code(TRY_CAST(STATION AS vocabulary)) + 2, 1) END::INTEGER
        AS "STATION\"""");
    columns.add("TMAX::FLOAT AS \"TMAX\"");
    columns.add("STATION AS \"keep.STATION\"");
    columns.add("DATE AS \"keep.DATE\"");
    return """
        COPY (SELECT %s FROM days WHERE split = %d%s)
        TO '%s' (FORMAT parquet, COMPRESSION uncompressed, ROW_GROUP_SIZE 131072,
                 DICTIONARY_SIZE_LIMIT 1)
        """
        .formatted(
            String.join(", ", columns),
            split,
            shuffled && split == 0 ? " ORDER BY hash(STATION, DATE)" : "",
            file);
  }

  private static List<Feature> features() {
    List<Feature> features = new ArrayList<>();
    NUMERIC.forEach(name -> features.add(new Feature(name, name)));
    features.add(new Feature("DATE.day-of-year-sin", "sin(%s)".formatted(TURN)));
    features.add(new Feature("DATE.day-of-year-cos", "cos(%s)".formatted(TURN)));
    return List.copyOf(features);
  }
}
