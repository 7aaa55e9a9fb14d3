package dev.almanac.pipelines.track.lineage;

import dev.almanac.training.run.Run;
import dev.almanac.training.score.PredictionColumns;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.fit.ColumnLineage;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.schema.SourceColumn;
import io.openlineage.client.OpenLineage.ColumnLineageDatasetFacetFieldsBuilder;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.InputField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Predictions of a run's model: of the columns that it reads, and of the model.
 *
 * @param config the config's name
 * @param patterns of the files that are predicted
 */
public record PredictLineage(String config, Run run, List<String> patterns)
    implements Subject<PredictLineage.Predictions> {
  public PredictLineage {
    patterns = List.copyOf(patterns);
  }

  /** The folder of predictions, and how many there are. */
  public record Predictions(String folder, long rows) {}

  @Override
  public String what() {
    return "predict";
  }

  @Override
  public Data data(Predictions made) throws IOException {
    Facets facets = Event.facets();
    FittedTransform transform = run.transform().withoutLabel();
    List<Field> source = transform.inputs().stream().map(SourceColumn::field).toList();
    List<Field> predicted = new PredictionColumns(run.record().columns().label()).fields();
    List<Place> places = Place.read(patterns);
    Place model = Place.of(run.path(Run.MODEL));
    List<InputDataset> inputs = new ArrayList<>();
    places.forEach(place -> inputs.add(facets.input(place, null, source)));
    inputs.add(facets.input(model, null, predicted));
    if (made == null) {
      return new Data(inputs, List.of());
    }
    ColumnLineage columns = ColumnLineage.of(transform);
    ColumnLineageDatasetFacetFieldsBuilder lineage =
        facets.model().newColumnLineageDatasetFacetFieldsBuilder();
    List<Field> fields = new ArrayList<>();
    for (String column : columns.kept().keySet()) {
      fields.add(transform.outputSchema().field(column));
      facets.add(
          lineage, column, facets.fields(places, columns.kept().get(column), Facets.How.IDENTITY));
    }
    List<InputField> read = facets.fields(places, columns.sources(), Facets.How.TRANSFORMATION);
    for (Field field : predicted) {
      fields.add(field);
      List<InputField> of =
          facets.fields(List.of(model), List.of(field.name()), Facets.How.TRANSFORMATION);
      facets.add(lineage, field.name(), Stream.concat(read.stream(), of.stream()).toList());
    }
    return new Data(
        inputs,
        List.of(
            facets.output(
                Place.of(made.folder()),
                fields,
                lineage,
                List.of(),
                facets
                    .model()
                    .newOutputStatisticsOutputDatasetFacetBuilder()
                    .rowCount(made.rows())
                    .build())));
  }
}
