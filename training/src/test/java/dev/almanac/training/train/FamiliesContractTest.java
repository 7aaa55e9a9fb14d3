package dev.almanac.training.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.training.Problem;
import dev.almanac.training.model.ModelFamilies;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FamiliesContractTest {
  private static List<String> names() {
    return ModelFamilies.ALL.names();
  }

  /** A new family without a test of its name that extends the contract fails here. */
  @ParameterizedTest
  @MethodSource("names")
  void everyFamilyIsHeldToTheContract(String name) throws Exception {
    String family = ModelFamilies.ALL.of(name).getClass().getSimpleName();
    Class<?> test = Class.forName("%s.%sTest".formatted(getClass().getPackageName(), family));
    Constructor<?> constructor = test.getDeclaredConstructor();
    constructor.setAccessible(true);
    ModelFamilyContract contract =
        test.asSubclass(ModelFamilyContract.class).cast(constructor.newInstance());
    Stream.concat(Stream.of(contract.model()), contract.variants())
        .forEach(model -> assertEquals(name, Problem.settings(model).family(), model));
  }
}
