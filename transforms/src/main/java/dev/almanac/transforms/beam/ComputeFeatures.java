package dev.almanac.transforms.beam;

import dev.almanac.transforms.beam.coder.ColumnBatchCoder;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.feature.plan.FeaturePlan;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.DateForm;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * Adds columns, or replaces some, by row-wise steps in their order.
 *
 * <p>The steps are bound to the declared table where the transform is made: a step that does not
 * fit its columns is reported there, and not by a worker. {@link
 * dev.almanac.transforms.feature.RowFunction} takes a lambda; it travels with the pipeline and is
 * in no artifact, so a fit that comes after sees its column as one of the source's.
 */
public final class ComputeFeatures
    extends PTransform<PCollection<ColumnBatch>, PCollection<ColumnBatch>> {
  /**
   * Begins the names of the counters, in the namespace of this class, of cells that a step made
   * missing though all that it read was there; what follows is the step and its column, as {@code
   * cast of 'x2'}. {@link ApplyTransform} counts those of its transform's steps so, too.
   */
  public static final String UNREADABLE = "unreadable-cells: ";

  private static final long serialVersionUID = 1L;

  private final FeaturePlan plan;

  /** The plan of a fit, whose batches may have further columns; null where the table is said. */
  private final FitPlan fit;

  private ComputeFeatures(FeaturePlan plan, FitPlan fit) {
    this.plan = plan;
    this.fit = fit;
  }

  /**
   * The steps that a fit needs, on batches with the columns of its source. What comes out goes to
   * {@link FitTransform#ofComputed} and {@link ApplyTransform#ofComputed}, which else compute them
   * themselves. The other columns, such as the dates to split by, go along.
   */
  public static ComputeFeatures of(FitPlan plan) {
    return new ComputeFeatures(plan.features(), plan);
  }

  /** Begins with the table that the batches have. */
  public static On on(TableSchema table) {
    return new On(table);
  }

  /** Begins with the table that {@link RowsToBatches} makes of rows with this schema. */
  public static On on(Schema rows) {
    return new On(RowSchemas.table(rows));
  }

  /** A table that waits for its steps. */
  public static final class On {
    private final TableSchema table;

    private On(TableSchema table) {
      this.table = table;
    }

    /**
     * Binds the steps.
     *
     * @throws IllegalArgumentException naming every problem, one a line
     */
    public ComputeFeatures with(RowFeature... features) {
      return with(List.of(features));
    }

    /**
     * Binds the steps.
     *
     * @throws IllegalArgumentException naming every problem, one a line
     */
    public ComputeFeatures with(List<RowFeature> features) {
      return new ComputeFeatures(FeaturePlan.of(table, features), null);
    }
  }

  /** The table that comes out. */
  public TableSchema table() {
    return plan.outputSchema();
  }

  /** The columns of {@link #table}, as a fit wants its source. */
  public List<SourceColumn> columns() {
    return plan.outputSchema().fields().stream()
        .map(
            field ->
                new SourceColumn(
                    field.name(),
                    field.type(),
                    // The days of a batch have no text; this is how people write them.
                    field.type() == ColumnType.DATE ? DateForm.ISO : null,
                    field.nullable()))
        .toList();
  }

  @Override
  public PCollection<ColumnBatch> expand(PCollection<ColumnBatch> batches) {
    return batches
        .apply("Compute", ParDo.of(new Compute(plan, fit)))
        .setCoder(ColumnBatchCoder.of());
  }

  private static final class Compute extends DoFn<ColumnBatch, ColumnBatch> {
    private static final long serialVersionUID = 1L;

    private final FeaturePlan plan;
    private final BatchColumns declared;

    /** Null for all columns. */
    private final List<String> taken;

    Compute(FeaturePlan plan, FitPlan fit) {
      this.plan = plan;
      this.declared =
          fit == null
              ? BatchColumns.of("compute features of", plan.inputSchema())
              : BatchColumns.of("compute features of", fit.inputs());
      this.taken = fit == null ? plan.inputSchema().names() : null;
    }

    @ProcessElement
    public void process(@Element ColumnBatch batch, OutputReceiver<ColumnBatch> out) {
      ColumnBatch rows = declared.checked(batch);
      out.output(CountedFeatures.apply(plan, taken == null ? rows : rows.select(taken)));
    }
  }
}
