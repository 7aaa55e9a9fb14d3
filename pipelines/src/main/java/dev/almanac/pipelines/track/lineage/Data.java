package dev.almanac.pipelines.track.lineage;

import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.OutputDataset;
import java.util.List;

/** What a piece of work reads and makes. */
record Data(List<InputDataset> inputs, List<OutputDataset> outputs) {
  Data {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
