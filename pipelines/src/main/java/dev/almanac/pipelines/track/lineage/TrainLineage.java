package dev.almanac.pipelines.track.lineage;

import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.score.PredictionColumns;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.encode.LabelEncoder;
import dev.almanac.transforms.encode.NumericSummary;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.ColumnLineageDatasetFacetFieldsBuilder;
import io.openlineage.client.OpenLineage.DataQualityMetricsInputDatasetFacetColumnMetricsBuilder;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.InputDatasetInputFacets;
import io.openlineage.client.OpenLineage.InputField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A model, which is learned of all columns of its dataset. */
record TrainLineage(Run run) {
  /**
   * What it reads and makes.
   *
   * @param done whether there is a model
   */
  Data data(boolean done) throws IOException {
    RunRecord record = run.record();
    Facets facets = Event.facets();
    Place dataset = Place.of(record.dataset().path());
    if (!Storage.exists(run.path(Run.TRANSFORM, FittedTransform.FILE))) {
      // It was killed before it had one.
      return new Data(List.of(facets.input(dataset)), List.of());
    }
    FittedTransform transform = run.transform();
    List<Field> columns = transform.outputSchema().fields();
    InputDataset input =
        facets.input(dataset, done ? read(facets.model(), transform) : null, columns);
    if (!done) {
      return new Data(List.of(input), List.of());
    }
    List<String> learnedOf = new ArrayList<>(transform.numericNames());
    learnedOf.addAll(transform.nominalNames());
    learnedOf.add(record.columns().label().column());
    List<InputField> of = facets.fields(List.of(dataset), learnedOf, Facets.How.AGGREGATION);
    List<Field> predicted = new PredictionColumns(record.columns().label()).fields();
    ColumnLineageDatasetFacetFieldsBuilder lineage =
        facets.model().newColumnLineageDatasetFacetFieldsBuilder();
    predicted.forEach(field -> facets.add(lineage, field.name(), of));
    return new Data(
        List.of(input),
        List.of(facets.output(Place.of(run.path(Run.MODEL)), predicted, lineage, List.of(), null)));
  }

  /** What train is, of a dataset that is still where it was. */
  private InputDatasetInputFacets read(OpenLineage model, FittedTransform transform)
      throws IOException {
    String folder = run.record().dataset().path();
    if (!Storage.exists(Storage.resolve(folder, DatasetManifest.FILE))) {
      return null;
    }
    List<DatasetFile> files = DatasetManifest.read(folder).files(Split.TRAIN);
    long rows = files.stream().mapToLong(DatasetFile::rows).sum();
    long bytes = files.stream().mapToLong(DatasetFile::bytes).sum();
    DataQualityMetricsInputDatasetFacetColumnMetricsBuilder metrics =
        model.newDataQualityMetricsInputDatasetFacetColumnMetricsBuilder();
    LabelEncoder label = transform.label();
    NumericSummary statistics = label == null ? null : label.statistics();
    if (statistics != null) {
      metrics.put(
          label.column(),
          model
              .newDataQualityMetricsInputDatasetFacetColumnMetricsAdditionalBuilder()
              .nullCount(0L)
              .count((double) statistics.count())
              .min(statistics.min())
              .max(statistics.max())
              .build());
    }
    return model
        .newInputDatasetInputFacetsBuilder()
        .inputStatistics(
            model.newInputStatisticsInputDatasetFacet(rows, bytes, (long) files.size()))
        .dataQualityMetrics(
            model
                .newDataQualityMetricsInputDatasetFacetBuilder()
                .rowCount(rows)
                .bytes(bytes)
                .fileCount((long) files.size())
                .columnMetrics(metrics.build())
                .build())
        .build();
  }
}
