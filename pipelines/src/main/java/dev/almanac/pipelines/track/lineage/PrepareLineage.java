package dev.almanac.pipelines.track.lineage;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.fit.ColumnLineage;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.manifest.DatasetFolder;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.manifest.SourceLedger;
import dev.almanac.transforms.schema.SchemaFile;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.ColumnLineageDatasetFacetFieldsBuilder;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.InputDatasetInputFacets;
import io.openlineage.client.OpenLineage.InputField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A dataset made of a config's source: which columns of the files each of its columns is of. */
public record PrepareLineage(AlmanacConfig of) implements Subject<Dataset> {
  @Override
  public String config() {
    return of.name();
  }

  @Override
  public String what() {
    return "prepare";
  }

  @Override
  public Data data(Dataset made) throws IOException {
    Facets facets = Event.facets();
    List<Place> places = Place.read(of.source().files());
    if (made == null) {
      return new Data(places.stream().map(facets::input).toList(), List.of());
    }
    DatasetManifest manifest = made.manifest();
    List<Field> source =
        SchemaFile.read(Storage.resolve(made.folder(), DatasetFolder.SCHEMA))
            .sourceColumns()
            .stream()
            .map(SourceColumn::field)
            .toList();
    List<InputDataset> inputs = new ArrayList<>();
    for (Place place : places) {
      InputDatasetInputFacets read = places.size() == 1 ? read(facets.model(), manifest) : null;
      inputs.add(facets.input(place, read, source));
    }
    FittedTransform transform =
        FittedTransform.read(Storage.resolve(made.folder(), DatasetFolder.TRANSFORM));
    ColumnLineage columns = ColumnLineage.of(transform);
    ColumnLineageDatasetFacetFieldsBuilder lineage =
        facets.model().newColumnLineageDatasetFacetFieldsBuilder();
    columns
        .encoded()
        .forEach(
            (column, from) ->
                facets.add(
                    lineage, column, facets.fields(places, from, Facets.How.TRANSFORMATION)));
    columns
        .kept()
        .forEach(
            (column, from) ->
                facets.add(lineage, column, facets.fields(places, from, Facets.How.IDENTITY)));
    List<InputField> rows = facets.fields(places, List.of(of.split().column()), Facets.How.FILTER);
    List<DatasetFile> files =
        Arrays.stream(Split.values()).flatMap(split -> manifest.files(split).stream()).toList();
    return new Data(
        inputs,
        List.of(
            facets.output(
                Place.of(made.folder()),
                transform.outputSchema().fields(),
                lineage,
                rows,
                facets
                    .model()
                    .newOutputStatisticsOutputDatasetFacet(
                        files.stream().mapToLong(DatasetFile::rows).sum(),
                        files.stream().mapToLong(DatasetFile::bytes).sum(),
                        (long) files.size()))));
  }

  private static InputDatasetInputFacets read(OpenLineage model, DatasetManifest manifest) {
    List<SourceLedger> files =
        manifest.source().files().stream().filter(file -> file.leftOut() == null).toList();
    long rows = manifest.totals().read();
    long bytes = files.stream().mapToLong(SourceLedger::bytes).sum();
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
                .columnMetrics(
                    model.newDataQualityMetricsInputDatasetFacetColumnMetricsBuilder().build())
                .build())
        .build();
  }
}
