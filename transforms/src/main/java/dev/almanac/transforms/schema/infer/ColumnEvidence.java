package dev.almanac.transforms.schema.infer;

import dev.almanac.transforms.schema.ColumnDemand;
import dev.almanac.transforms.schema.Place;
import dev.almanac.transforms.schema.SchemaColumn;
import java.io.Serializable;
import java.util.Set;

/**
 * What is known about one column from some files. Immutable; merging is commutative and
 * associative.
 *
 * @param cells how many there are
 * @param firstFile the first file by path that has the column
 * @param firstPosition the column's position in that file
 * @param candidates how well the values fit each type
 * @param alteredLong the first integer whose text does not come back from it, or null
 * @param alteredDouble the first number whose text does not come back from the double, or null
 * @param twice the first file by path that has two columns of the name, its text saying which; null
 *     when there is none
 */
record ColumnEvidence(
    CellTally cells,
    String firstFile,
    int firstPosition,
    CandidateFits candidates,
    AlteredText alteredLong,
    AlteredText alteredDouble,
    Place twice)
    implements Serializable {
  ColumnEvidence merge(ColumnEvidence other) {
    boolean isFirst = firstFile.compareTo(other.firstFile) <= 0;
    return new ColumnEvidence(
        cells.plus(other.cells),
        isFirst ? firstFile : other.firstFile,
        isFirst ? firstPosition : other.firstPosition,
        candidates.plus(other.candidates),
        AlteredText.first(alteredLong, other.alteredLong),
        AlteredText.first(alteredDouble, other.alteredDouble),
        Place.first(twice, other.twice));
  }

  /** The first value that does not fit a candidate, or null. */
  Place refutes(int candidate) {
    return candidates.refutes(candidate);
  }

  /** Cells that are not missing. */
  long values() {
    return cells.values();
  }

  /** The column's description, given how many files there are and what is asked of it. */
  SchemaColumn conclude(String name, long allFiles, Set<ColumnDemand> asked) {
    boolean nullable = cells.nulls() > 0 || cells.files() < allFiles;
    return new Conclusion(this, name, nullable, asked).column();
  }
}
