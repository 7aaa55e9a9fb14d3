package dev.almanac.transforms.feature;

import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.feature.lift.CellFunction;
import dev.almanac.transforms.schema.ColumnDemand;
import java.util.List;
import java.util.Optional;

/**
 * A cell becomes null where a flag stands beside it.
 *
 * @param column whose cells are cleared, of any type
 * @param flags holds texts such as {@code M,Q,S}: parts between commas; a null text has no flags
 * @param part which part, counted from 1, means trouble when it is there and not blank
 */
public record NullIfFlagged(String column, String flags, int part) implements RowFeature {
  public NullIfFlagged {
    if (part < 1) {
      throw new IllegalArgumentException("part must be 1 or more (%s)".formatted(part));
    }
  }

  /** It is there to clear cells: none is lost. */
  @Override
  public boolean losesCells() {
    return false;
  }

  @Override
  public void demand(StepDemands demands) {
    demands.ask(flags, ColumnDemand.TEXT);
  }

  @Override
  public void bind(Binder binder) {
    Optional<Field> cell = binder.any(column);
    Optional<Field> text = binder.any(flags);
    if (cell.isPresent() && text.isPresent()) {
      int asked = part;
      binder.derive(
          column,
          null,
          cell.get().type(),
          true,
          binder.role(column),
          List.of(cell.get(), text.get()),
          (CellFunction.KeepByText) flagged -> isBlank(flagged, asked));
    }
  }

  /** Whether the part of the text is blank or not there. */
  static boolean isBlank(String text, int part) {
    int start = 0;
    for (int i = 1; i < part; i++) {
      int comma = text.indexOf(',', start);
      if (comma < 0) {
        return true;
      }
      start = comma + 1;
    }
    int end = text.indexOf(',', start);
    return text.substring(start, end < 0 ? text.length() : end).isBlank();
  }
}
