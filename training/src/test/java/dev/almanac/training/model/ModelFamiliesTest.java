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
    return ModelSettings.read(Json.tree(section, "test"), problems);
  }

  @Test
  void aConfigThatSaysNothingGetsTheFirstFamilyWithItsDefaults() throws IOException {
    ModelSettings settings = read("{}");
    assertEquals("mlp", settings.family());
    assertEquals(
        "{\"hidden\":[256,128,64],\"embedding\":8,\"dropout\":0.0,\"activation\":\"relu\",\"norm\":\"none\",\"members\":1,\"numeric-embedding\":\"none\",\"bins\":16,\"frequencies\":16,\"frequency-scale\":0.1,\"numeric-width\":8}",
        Json.line(settings.chosen()));
    assertEquals(settings, read("{\"family\": \"mlp\"}"));
    assertEquals(List.of(), problems.texts());
  }

  @Test
  void aSettingGivenTakesThePlaceOfItsDefault() throws IOException {
    ModelSettings settings = read("{\"dropout\": 0.25, \"hidden\": [8]}");
    assertEquals(0.25, settings.values().number("dropout"));
    assertEquals(List.of(8), List.of(settings.values().wholes("hidden")[0]));
    assertEquals(8, settings.values().whole("embedding"));
  }

  @Test
  void whatWasReadReadsAsItself() throws IOException {
    ModelSettings settings = read("{\"family\": \"mlp\", \"embedding\": 3}");
    assertEquals(settings, ModelSettings.read(settings.values().values(), problems));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'hidden': 5}|hidden: must be a list of 1 to 32 integers from 1 to 16384 (5)",
        "{'hidden': []}|hidden: must be a list of 1 to 32 integers from 1 to 16384 ([])",
        "{'hidden': [0]}|hidden: must be a list of 1 to 32 integers from 1 to 16384 ([0])",
        "{'embedding': 1.5}|embedding: must be an integer from 1 to 1024 (1.5)",
        "{'embedding': 'x'}|embedding: must be an integer from 1 to 1024 (x)",
        "{'dropout': 1}|dropout: must be a number from 0 to below 1 (1)",
        "{'dropout': true}|dropout: must be a number from 0 to below 1 (true)",
        "{'activation': 'tanh'}|activation: must be one of relu, silu, gelu (tanh)",
        "{'layers': 2}|layers: unknown key (known keys of mlp: activation, bins, dropout, embedding, family, frequencies, frequency-scale, hidden, members, norm, numeric-embedding, numeric-width)",
        "{'droput': 0}|droput: unknown key, did you mean 'dropout'? (known keys of mlp: activation, bins, dropout, embedding, family, frequencies, frequency-scale, hidden, members, norm, numeric-embedding, numeric-width)",
        "{'family': 'tree'}|family: must be one of mlp, resnet, dcn-v2, ft-transformer, linear, auto (tree)",
        "{'family': 'rensnet'}|family: must be one of mlp, resnet, dcn-v2, ft-transformer, linear, auto (rensnet, did you mean 'resnet'?)",
        "{'family': 'linear', 'hidden': [1]}|hidden: unknown key (known keys of linear: family)",
        "[1]|must be a section ([1])"
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
    var error = assertThrows(IllegalArgumentException.class, () -> ModelFamilies.ALL.of("tree"));
    assertTrue(
        error.getMessage().contains("one of mlp, resnet, dcn-v2, ft-transformer, linear, auto"));
  }

  @Test
  void everyFamilyOffersDefaultsThatFit() throws IOException {
    for (String family : ModelFamilies.ALL.names()) {
      read("{\"family\": \"%s\"}".formatted(family));
    }
    assertEquals(List.of(), problems.texts());
  }
}
