package dev.almanac.transforms.beam;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.encode.LabelEncoder;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.split.LabeledRows;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Distinct;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/** The classes of the label that some rows have and no row of train, each once. */
final class UnknownClassNames extends PTransform<PCollection<ColumnBatch>, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private final PCollectionView<FittedTransform> transform;
  private final boolean computed;

  /**
   * @param computed whether the rows went through the feature steps
   */
  UnknownClassNames(PCollectionView<FittedTransform> transform, boolean computed) {
    this.transform = transform;
    this.computed = computed;
  }

  @Override
  public PCollection<String> expand(PCollection<ColumnBatch> rows) {
    return rows.apply("Look", ParDo.of(new Look(transform, computed)).withSideInputs(transform))
        .setCoder(StringUtf8Coder.of())
        .apply("Distinct", Distinct.create());
  }

  private static final class Look extends DoFn<ColumnBatch, String> {
    private static final long serialVersionUID = 1L;

    private final PCollectionView<FittedTransform> view;
    private final boolean computed;

    Look(PCollectionView<FittedTransform> view, boolean computed) {
      this.view = view;
      this.computed = computed;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      FittedTransform transform = context.sideInput(view);
      LabelEncoder label = transform.label();
      if (label == null || !label.kind().isClasses()) {
        return;
      }
      ColumnBatch batch = context.element();
      ColumnBatch features = computed ? batch : transform.features().apply(batch);
      ColumnBatch rows = LabeledRows.of(features, label.column()).labeled();
      if (rows != null) {
        Column cells = rows.column(label.column());
        label.unknown(cells).forEach(context::output);
      }
    }
  }
}
