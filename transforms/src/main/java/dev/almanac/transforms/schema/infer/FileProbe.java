package dev.almanac.transforms.schema.infer;

import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.schema.Place;
import dev.almanac.transforms.schema.text.NumberForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers what one source file says about the types of its columns; a reader of any format feeds it
 * cell by cell. Not thread-safe.
 */
public final class FileProbe {
  private final String file;
  private final List<String> names;
  private final ColumnProbe[] probes;
  private long rows;
  private long rejectedRows;
  private Place firstRejected;
  private final Map<String, String> twice;

  /** Of a file in which no name stands twice. */
  public FileProbe(String file, List<String> names) {
    this(file, names, NumberForm.STANDARD, Map.of());
  }

  /**
   * @param names the file's columns in their order, each name once
   * @param twice where the file has further columns of a name, in words
   */
  public FileProbe(String file, List<String> names, NumberForm numbers, Map<String, String> twice) {
    this.file = file;
    this.names = List.copyOf(names);
    this.twice = Map.copyOf(twice);
    this.probes = new ColumnProbe[names.size()];
    for (int i = 0; i < probes.length; i++) {
      probes[i] = new ColumnProbe(file, numbers);
    }
  }

  /** A row whose every cell is given, before or after. */
  public void addRow() {
    rows++;
  }

  /** A row none of whose cells is given. */
  public void addRejectedRow(long line, long byteOffset, String reason) {
    rows++;
    rejectedRows++;
    firstRejected = Place.first(firstRejected, new Place(file, line, byteOffset, reason));
  }

  /** A missing cell. */
  public void addNull(int column) {
    probes[column].addNull();
  }

  /** A cell that holds a value, without the blanks around it. */
  public void addValue(int column, byte[] text, int from, int to, long line, long byteOffset) {
    probes[column].add(text, from, to, line, byteOffset);
  }

  /** What the file says as a whole. */
  public TypeInference conclude() {
    Map<String, ColumnEvidence> columns = new LinkedHashMap<>();
    for (int i = 0; i < probes.length; i++) {
      String also = twice.get(names.get(i));
      ColumnEvidence evidence =
          probes[i].evidence(
              i, rows - rejectedRows, also == null ? null : new Place(file, 1, also));
      if (columns.put(names.get(i), evidence) != null) {
        throw new RefusedException(
            "Cannot infer types from %s: two columns are named '%s'".formatted(file, names.get(i)));
      }
    }
    return TypeInference.of(rows, rejectedRows, firstRejected, columns);
  }
}
