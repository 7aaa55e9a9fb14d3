package dev.almanac.training.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Problems;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFamiliesTest {
  private final Problems problems = new Problems();

  private ModelSettings read(String section) throws IOException {
    return ModelFamilies.readSettings(
        section == null ? null : Json.tree(section, "test"), problems);
  }

  @Test
  void aConfigThatSaysNothingGetsTheFirstFamilyWithItsDefaults() throws IOException {
    ModelSettings settings = read(null);
    assertEquals("mlp", settings.family());
    assertEquals(
        "{\"hidden\":[256,128,64],\"embedding\":8,\"dropout\":0.0,\"activation\":\"relu\",\"norm\":\"none\",\"numeric-embedding\":\"none\",\"bins\":16,\"frequencies\":16,\"frequency-scale\":0.1,\"numeric-width\":8}",
        Json.line(settings.values()));
    assertEquals(settings, read("{\"family\": \"mlp\"}"));
    assertEquals(List.of(), problems.texts());
  }

  @Test
  void aSettingGivenTakesThePlaceOfItsDefault() throws IOException {
    ModelSettings settings = read("{\"dropout\": 0.25, \"hidden\": [8]}");
    assertEquals(0.25, settings.number("dropout"));
    assertEquals(List.of(8), List.of(settings.wholeNumbers("hidden")[0]));
    assertEquals(8, settings.wholeNumber("embedding"));
  }

  @Test
  void whatWasReadReadsAsItself() throws IOException {
    ModelSettings settings = read("{\"family\": \"mlp\", \"embedding\": 3}");
    assertEquals(
        settings,
        ModelFamilies.readSettings(
            settings.values().deepCopy().put("family", settings.family()), problems));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'hidden': 5}|hidden: must be a list of 1 to 32 whole numbers from 1 to 16384 (found 5)",
        "{'hidden': []}|hidden: must be a list of 1 to 32 whole numbers from 1 to 16384 (found [])",
        "{'hidden': [0]}|hidden: must be a list of 1 to 32 whole numbers from 1 to 16384 (found [0])",
        "{'embedding': 1.5}|embedding: must be a whole number from 1 to 1024 (found 1.5)",
        "{'embedding': 'x'}|embedding: must be a whole number from 1 to 1024 (found \"x\")",
        "{'dropout': 1}|dropout: must be a number from 0.0 to below 1.0 (found 1)",
        "{'dropout': true}|dropout: must be a number from 0.0 to below 1.0 (found true)",
        "{'activation': 'tanh'}|activation: must be one of relu, silu, gelu (found \"tanh\")",
        "{'layers': 2}|layers: unknown setting of model family 'mlp' (known: hidden, embedding, dropout, activation, norm, numeric-embedding, bins, frequencies, frequency-scale, numeric-width)",
        "{'family': 'tree'}|family: there is no model family 'tree' (families: mlp, resnet, dcn-v2, ft-transformer, linear)",
        "{'family': 'linear', 'hidden': [1]}|hidden: unknown setting of model family 'linear' (known: )",
        "[1]|must be an object with a family and its settings (found [1])"
      })
  void aProblemNamesItsKeyAndWhatIsKnown(String section, String problem) throws IOException {
    read(section.replace('\'', '"'));
    assertEquals(List.of(problem), problems.texts());
  }

  @Test
  void allProblemsAreToldAtOnce() throws IOException {
    read("{\"hidden\": 1, \"dropout\": 7, \"width\": 3}");
    assertEquals(3, problems.count());
  }

  @Test
  void askingForAnUnknownFamilyNamesThoseThereAre() {
    var error = assertThrows(IllegalArgumentException.class, () -> ModelFamilies.of("tree"));
    assertTrue(
        error.getMessage().contains("families: mlp, resnet, dcn-v2, ft-transformer, linear"));
  }

  @Test
  void everyFamilyOffersDefaultsThatFit() throws IOException {
    for (String family : ModelFamilies.names()) {
      read("{\"family\": \"%s\"}".formatted(family));
    }
    assertEquals(List.of(), problems.texts());
  }
}
