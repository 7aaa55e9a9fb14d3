package dev.almanac.transforms.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnAppender;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.feature.lift.OfCells;
import dev.almanac.transforms.feature.lift.RowCells;
import dev.almanac.transforms.feature.lift.Seen;
import dev.almanac.transforms.feature.plan.FeaturePlan;
import dev.almanac.transforms.feature.plan.PartialColumn;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.schema.ColumnDemand;
import dev.almanac.transforms.schema.ColumnRoles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Laws that every row-wise step keeps; one without an example here fails. */
class RowFeatureContractTest {
  private static final int ROWS = 300;

  private static final TableSchema SCHEMA =
      TableSchema.of(
          Field.nullable("L", ColumnType.LONG),
          Field.nullable("X", ColumnType.DOUBLE),
          Field.nullable("D", ColumnType.DATE),
          Field.nullable("S", ColumnType.STRING),
          Field.nullable("F", ColumnType.STRING));

  private static final List<RowFeature> EXAMPLES =
      List.of(
          new NullIfFlagged("L", "F", 2),
          new NullIfFlagged("D", "F", 2),
          new NullIfFlagged("S", "F", 1),
          new DateParts("D", DatePart.values()),
          new Cast("S", ColumnType.DOUBLE, "S.number"),
          new Cast("S", ColumnType.LONG, null),
          new Cast("S", ColumnType.DATE, "S.day"),
          new Cast("X", ColumnType.LONG, "X.integer"),
          new Cast("L", ColumnType.DATE, "L.day"),
          new Cast("L", ColumnType.STRING, null),
          new Cast("D", ColumnType.STRING, "D.text"),
          new Cast("D", ColumnType.DOUBLE, "D.days"),
          new Log1p("X", null),
          new Clip("L", -100.0, 100.0, "L.clipped"),
          new Clip("X", null, 0.5, null),
          new Difference("L", "X", "LX.difference"),
          new Ratio("X", "L", "XL.ratio"),
          new EqualsIndicator("S", "3", "S.three"),
          new EqualsIndicator("D", "1980-02-29", "D.leap"),
          new EqualsIndicator("X", "0.5", "X.half"),
          new IsNull("L", "L.null"),
          new IsPresent("S", null),
          new IsPresent("D", "D.there"),
          new HashBucket("D", 13, "D.bucket"),
          new ForColumns("log1p", List.of("L", "X"), "{\"into\":\"{}.log\"}"),
          RowFunction.of("X", x -> 1 / x, "X.inverse"),
          RowFunction.of("L", "X", Math::hypot, "LX.length"),
          RowFunction.ofText("S", s -> s.isEmpty() ? null : s.substring(1), "S.tail"),
          RowFunction.numberOfText("S", s -> s.length() > 1 ? s.length() : Double.NaN, "S.length"),
          RowFunction.of(
              List.of("L", "X", "D", "S"),
              OfCells.number(
                  List.of(Seen.INTEGER, Seen.NUMBER, Seen.INTEGER, Seen.TEXT),
                  cells ->
                      cells.integer(0)
                          + cells.number(1) * cells.integer(2)
                          + cells.text(3).length()),
              "LXDS"),
          RowFunction.of(
              List.of("L", "X"),
              OfCells.integer(List.of(Seen.INTEGER, Seen.CELL), RowFeatureContractTest::first)
                  .ofNullsToo(),
              "LX.first"),
          RowFunction.of(
              List.of("S", "F", "L"),
              OfCells.text(
                  List.of(Seen.TEXT, Seen.TEXT, Seen.NUMBER),
                  cells -> cells.number(2) < 0 ? null : cells.text(0) + cells.text(1)),
              "SF"));

  /** Null where both are. */
  private static Long first(RowCells cells) {
    if (cells.isNull(0)) {
      return cells.isNull(1) ? null : (Long) (-1L);
    }
    return cells.integer(0);
  }

  @Test
  void everyPermittedStepHasAnExample() {
    assertEquals(
        Set.of(RowFeature.class.getPermittedSubclasses()),
        EXAMPLES.stream().map(Object::getClass).collect(Collectors.toSet()));
  }

  private interface Law {
    void holdsOf(RowFeature step) throws Exception;
  }

  private static Stream<DynamicTest> all(Law law) {
    return EXAMPLES.stream().map(step -> dynamicTest(step.toString(), () -> law.holdsOf(step)));
  }

  private static FeaturePlan plan(RowFeature step) {
    return FeaturePlan.of(SCHEMA, List.of(step));
  }

  @TestFactory
  Stream<DynamicTest> theCutIntoBatchesNeverChangesAResult() {
    ColumnBatch batch = batch();
    return all(
        step -> {
          FeaturePlan plan = plan(step);
          ColumnBatch whole = plan.apply(batch);
          assertEquals(plan.outputSchema(), whole.schema());
          for (int size : new int[] {1, 3, 64, 65}) {
            for (int from = 0; from < ROWS; from += size) {
              int until = Math.min(ROWS, from + size);
              assertEquals(whole.slice(from, until), plan.apply(batch.slice(from, until)));
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> anyOrderOfRowsGivesTheSameCells() {
    ColumnBatch batch = batch();
    int[] rows = new Random(8).ints(ROWS, 0, ROWS).toArray();
    return all(
        step ->
            assertEquals(plan(step).apply(batch).take(rows), plan(step).apply(batch.take(rows))));
  }

  @TestFactory
  Stream<DynamicTest> theInputIsNeverWritten() {
    return all(
        step -> {
          ColumnBatch batch = batch();
          plan(step).apply(batch);
          assertEquals(batch(), batch);
        });
  }

  @TestFactory
  Stream<DynamicTest> onlyAStepThatLosesCellsMakesNullOfCellsThatAreThere() {
    ColumnBatch batch = batch();
    return all(
        step -> {
          FeaturePlan plan = plan(step);
          Set<String> partial =
              plan.partialColumns().stream().map(PartialColumn::column).collect(Collectors.toSet());
          int[] full = full(batch, plan.inputs());
          ColumnBatch made = plan.apply(batch.take(full));
          boolean clears = step.getClass() == NullIfFlagged.class;
          for (String column : written(plan, step)) {
            if (!partial.contains(column) && !clears) {
              assertEquals(0, made.column(column).nulls(), column);
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> ofNothingButNullsComesNullUnlessItAsksForThem() {
    int rows = 5;
    ColumnBatch nulls =
        new ColumnBatch(
            SCHEMA,
            SCHEMA.fields().stream()
                .map(
                    field -> {
                      ColumnAppender appender = ColumnAppender.of(field.type());
                      appender.appendNulls(rows);
                      return appender.build();
                    })
                .toList(),
            rows);
    return all(
        step -> {
          FeaturePlan plan = plan(step);
          boolean asks = Set.of(IsNull.class, IsPresent.class).contains(step.getClass());
          for (String column : written(plan, step)) {
            assertEquals(asks ? 0 : rows, plan.apply(nulls).column(column).nulls(), column);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aStepReadsBackFromWhatItWrites() {
    return all(
        step -> {
          if (step.name().isEmpty()) {
            assertThrows(RefusedException.class, step::json);
            return;
          }
          String text = Json.line(step);
          assertEquals(text, Json.line(step.json()));
          assertTrue(text.startsWith("{\"" + step.name().get() + "\":"), text);
          assertEquals(step, Json.read(text, RowFeature.class, "test"));
        });
  }

  @TestFactory
  Stream<DynamicTest> aStepTravelsWithAPipeline() {
    ColumnBatch batch = batch();
    return all(
        step -> {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(plan(step));
          }
          try (ObjectInputStream in =
              new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            FeaturePlan arrived = (FeaturePlan) in.readObject();
            assertEquals(plan(step).apply(batch), arrived.apply(batch));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> whatItAsksOfAColumnIsWhatItCannotDoWithout() {
    return all(
        step -> {
          FeaturePlan plan = plan(step);
          ColumnRoles roles = StepDemands.of(List.of(step)).roles();
          for (ColumnRoles.Role role : roles.roles()) {
            assertTrue(plan.inputs().contains(role.column()), role.toString());
            if (role.demand() == ColumnDemand.NUMBERS || role.demand() == ColumnDemand.DATES) {
              TableSchema texts = SCHEMA.with(Field.nullable(role.column(), ColumnType.STRING));
              assertFalse(problems(texts, step).isEmpty(), role.toString());
            } else {
              assertEquals(ColumnDemand.TEXT, role.demand());
              assertTrue(plan.textInputs().contains(role.column()), role.toString());
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> whatItMakesIsNotTheSourcesAnyMore() {
    return all(
        step -> {
          StepDemands demands = StepDemands.of(List.of(step));
          FeaturePlan plan = plan(step);
          boolean clears = step.getClass() == NullIfFlagged.class;
          for (Field field : plan.outputSchema().fields()) {
            boolean made = written(plan, step).contains(field.name()) && !clears;
            assertEquals(!made, demands.isSource(field.name()), field.name());
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aTableWithoutItsColumnsIsRefusedByName() {
    TableSchema other = TableSchema.of(Field.nullable("Q", ColumnType.STRING));
    return all(
        step -> {
          List<String> problems = problems(other, step);
          assertFalse(problems.isEmpty());
          String place = "features[0]" + step.name().map(name -> "." + name).orElse("") + ": ";
          problems.forEach(problem -> assertTrue(problem.startsWith(place), problem));
        });
  }

  private static List<String> problems(TableSchema table, RowFeature step) {
    Problems problems = new Problems();
    assertEquals(FeaturePlan.plan(table, List.of(step), problems).isPresent(), problems.isEmpty());
    return problems.texts();
  }

  /** The columns that a step writes, new or anew. */
  private static Set<String> written(FeaturePlan plan, RowFeature step) {
    Set<String> written = new HashSet<>();
    plan.createdColumns().forEach(created -> written.add(created.name()));
    if (written.isEmpty()) {
      ColumnBatch batch = batch();
      ColumnBatch made = plan.apply(batch);
      for (String column : SCHEMA.names()) {
        if (!made.column(column).equals(batch.column(column))) {
          written.add(column);
        }
      }
    }
    assertFalse(written.isEmpty(), step.toString());
    return written;
  }

  private static int[] full(ColumnBatch batch, List<String> columns) {
    return IntStream.range(0, ROWS)
        .filter(row -> columns.stream().noneMatch(column -> batch.column(column).isNull(row)))
        .toArray();
  }

  private static ColumnBatch batch() {
    Random random = new Random(3);
    List<Column> columns =
        SCHEMA.fields().stream()
            .map(
                field -> {
                  ColumnAppender appender = ColumnAppender.of(field.type());
                  for (int row = 0; row < ROWS; row++) {
                    appender.appendValue(random.nextInt(6) == 0 ? null : cell(field, random));
                  }
                  return appender.build();
                })
            .toList();
    return new ColumnBatch(SCHEMA, columns, ROWS);
  }

  private static Object cell(Field field, Random random) {
    return switch (field.name()) {
      case "L" -> random.nextInt(20) == 0 ? Long.MAX_VALUE : (Long) (random.nextInt(400) - 200L);
      case "X" -> Arrays.asList(-2.5, -1.0, 0.0, 0.5, 3.25, 1e300).get(random.nextInt(6));
      case "D" -> (long) random.nextInt(20_000);
      case "S" -> random.nextInt(9) == 0 ? "" : Integer.toString(random.nextInt(40));
      default -> List.of(",,S", "H,,S", ",G,S", "H,X,").get(random.nextInt(4));
    };
  }
}
