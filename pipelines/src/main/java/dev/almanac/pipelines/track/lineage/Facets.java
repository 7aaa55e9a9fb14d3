package dev.almanac.pipelines.track.lineage;

import dev.almanac.transforms.column.Field;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.ColumnLineageDatasetFacetFieldsBuilder;
import io.openlineage.client.OpenLineage.DatasetFacetsBuilder;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.InputDatasetInputFacets;
import io.openlineage.client.OpenLineage.InputField;
import io.openlineage.client.OpenLineage.OutputDataset;
import io.openlineage.client.OpenLineage.OutputStatisticsOutputDatasetFacet;
import io.openlineage.client.OpenLineage.SchemaDatasetFacetFields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The parts of an event that say what a dataset is.
 *
 * @param model of OpenLineage, with its producer
 */
record Facets(OpenLineage model) {
  /** How a column comes from another. */
  enum How {
    /** As it is. */
    IDENTITY("DIRECT", "IDENTITY"),
    /** Computed of it, row by row. */
    TRANSFORMATION("DIRECT", "TRANSFORMATION"),
    /** Learned of all its rows. */
    AGGREGATION("DIRECT", "AGGREGATION"),
    /** It says which rows there are. */
    FILTER("INDIRECT", "FILTER");

    private final String type;
    private final String subtype;

    How(String type, String subtype) {
      this.type = type;
      this.subtype = subtype;
    }
  }

  InputDataset input(Place place, InputDatasetInputFacets facets, List<Field> columns) {
    return model
        .newInputDatasetBuilder()
        .namespace(place.namespace())
        .name(place.name())
        .facets(dataset(place, columns).build())
        .inputFacets(facets)
        .build();
  }

  /** One of which nothing is known but where it is. */
  InputDataset input(Place place) {
    return input(place, null, List.of());
  }

  /**
   * What is made.
   *
   * @param lineage by its columns
   * @param rows that decide which rows it has
   * @param statistics null when they are not known
   */
  OutputDataset output(
      Place place,
      List<Field> columns,
      ColumnLineageDatasetFacetFieldsBuilder lineage,
      List<InputField> rows,
      OutputStatisticsOutputDatasetFacet statistics) {
    DatasetFacetsBuilder facets = dataset(place, columns);
    facets.columnLineage(
        model.newColumnLineageDatasetFacet(lineage.build(), rows.isEmpty() ? null : rows));
    return model
        .newOutputDatasetBuilder()
        .namespace(place.namespace())
        .name(place.name())
        .facets(facets.build())
        .outputFacets(
            statistics == null
                ? null
                : model.newOutputDatasetOutputFacetsBuilder().outputStatistics(statistics).build())
        .build();
  }

  private DatasetFacetsBuilder dataset(Place place, List<Field> columns) {
    DatasetFacetsBuilder facets = model.newDatasetFacetsBuilder();
    facets.dataSource(model.newDatasourceDatasetFacet(place.namespace(), place.source()));
    if (place.version() != null) {
      facets.version(model.newDatasetVersionDatasetFacet(place.version()));
    }
    if (!columns.isEmpty()) {
      List<SchemaDatasetFacetFields> fields = new ArrayList<>();
      for (Field column : columns) {
        fields.add(
            model
                .newSchemaDatasetFacetFieldsBuilder()
                .name(column.name())
                .type(column.type().text())
                .build());
      }
      facets.schema(model.newSchemaDatasetFacet(fields));
    }
    return facets;
  }

  /** Columns of each of some places. */
  List<InputField> fields(List<Place> places, Collection<String> columns, How how) {
    List<InputField> fields = new ArrayList<>();
    for (Place place : places) {
      for (String column : columns) {
        fields.add(
            model
                .newInputFieldBuilder()
                .namespace(place.namespace())
                .name(place.name())
                .field(column)
                .transformations(
                    List.of(
                        model
                            .newInputFieldTransformationsBuilder()
                            .type(how.type)
                            .subtype(how.subtype)
                            .build()))
                .build());
      }
    }
    return fields;
  }

  /** Says what a column is made of. */
  void add(ColumnLineageDatasetFacetFieldsBuilder lineage, String column, List<InputField> inputs) {
    lineage.put(
        column,
        model.newColumnLineageDatasetFacetFieldsAdditionalBuilder().inputFields(inputs).build());
  }
}
