package dev.almanac.training.search.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.trial.Goal;
import java.lang.reflect.Constructor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplersTest {
  private static List<String> names() {
    return Samplers.names();
  }

  /** A new sampler without a test of its name that extends the contract fails here. */
  @ParameterizedTest
  @MethodSource("names")
  void everySamplerIsHeldToTheContract(String name) throws Exception {
    Class<? extends Sampler> type = Samplers.of(name, Goal.MINIMIZE).getClass();
    Class<?> test = Class.forName(type.getName() + "Test");
    Constructor<?> constructor = test.getDeclaredConstructor();
    constructor.setAccessible(true);
    SamplerContract contract =
        test.asSubclass(SamplerContract.class).cast(constructor.newInstance());
    assertEquals(type, contract.sampler().getClass());
    assertEquals(name, contract.sampler().name());
  }

  @Test
  void anUnknownSamplerNamesThoseThereAre() {
    var error = assertThrows(SearchException.class, () -> Samplers.of("annealing", Goal.MINIMIZE));
    assertEquals(
        "Cannot search by 'annealing': samplers are auto, random, grid, sobol, tpe, cma-es",
        error.getMessage());
  }
}
