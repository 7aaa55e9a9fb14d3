package dev.almanac.training.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedModelTest {
  @TempDir Path folder;

  @BeforeEach
  void save() throws IOException {
    ModelShape shape = new ModelShape(2, List.of(new DatasetColumns.Category("id", 3)), 1);
    ModelSettings settings =
        ModelSettings.read(Json.tree("{\"family\": \"linear\"}", "test"), new Problems());
    new TrainedModel(settings, shape, new float[] {1, 2, 3, 4, 5, 6}).save(folder.toString());
  }

  private String error() {
    return assertThrows(IOException.class, () -> TrainedModel.open(folder.toString())).getMessage();
  }

  @Test
  void weightsThatWereChangedAreRefused() throws IOException {
    Path weights = folder.resolve(TrainedModel.WEIGHTS);
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    assertTrue(error().contains("was changed after it was written"), error());
  }

  @Test
  void aFolderWithoutADescriptionIsNoModel() throws IOException {
    Files.delete(folder.resolve(TrainedModel.FILE));
    assertTrue(error().contains("it has no model.json"), error());
  }

  @Test
  void aDescriptionThatAsksForOtherTensorsIsRefused() throws IOException {
    Path file = folder.resolve(TrainedModel.FILE);
    Files.writeString(
        file, Files.readString(file).replace("\"cardinality\" : 3", "\"cardinality\" : 4"));
    assertTrue(error().contains("has a tensor 'category' of shape [4, 1] ([3, 1])"), error());
  }

  @Test
  void theDescriptionIsForPeople() throws IOException {
    String text = Files.readString(folder.resolve(TrainedModel.FILE));
    assertTrue(text.contains("\"family\" : \"linear\""), text);
    assertTrue(text.contains("\"parameters\" : 6"), text);
    assertEquals('\n', text.charAt(text.length() - 1));
  }
}
