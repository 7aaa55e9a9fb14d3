package dev.almanac.transforms.analyze;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Each analyzer has a test of its own that runs the laws of all, and can be made anew. */
class AnalyzersTest {
  @Test
  void everyAnalyzerHasItsContractTest() throws ReflectiveOperationException {
    for (Class<?> analyzer : Analyzer.class.getPermittedSubclasses()) {
      Class<?> test = Class.forName(analyzer.getName() + "Test");
      assertTrue(AnalyzerContract.class.isAssignableFrom(test), test.getSimpleName());
      AnalyzerContract<?> contract =
          (AnalyzerContract<?>) test.getDeclaredConstructor().newInstance();
      assertEquals(analyzer, contract.create().getClass());
      Analyzer<?> made = (Analyzer<?>) analyzer.getConstructor().newInstance();
      assertEquals(0, made.count());
    }
  }
}
