package dev.almanac.transforms.beam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.apache.beam.sdk.testing.CombineFnTester;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.CombineWithContext.CombineFnWithContext;
import org.junit.jupiter.api.Test;

/** Engines cut, shard and merge as they like: what combines must not be able to tell. */
class CombineLawsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPackages("dev.almanac.transforms");

  @Test
  void everyCombineFunctionIsMadeInATestThatBeamsTesterRuns() {
    List<JavaClass> functions =
        CLASSES.stream()
            .filter(CombineLawsTest::isCombineFunction)
            .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
            .toList();
    assertFalse(functions.isEmpty());
    assertEquals(
        List.of(),
        functions.stream().filter(type -> !isTested(type)).map(JavaClass::getName).toList());
  }

  private static boolean isCombineFunction(JavaClass type) {
    return type.isAssignableTo(CombineFn.class) || type.isAssignableTo(CombineFnWithContext.class);
  }

  private static boolean isTested(JavaClass function) {
    return CLASSES.stream()
        .flatMap(type -> type.getMethods().stream())
        .anyMatch(method -> makes(method, function) && runsTester(method));
  }

  private static boolean makes(JavaCodeUnit method, JavaClass function) {
    return method.getConstructorCallsFromSelf().stream()
        .anyMatch(call -> call.getTargetOwner().equals(function));
  }

  private static boolean runsTester(JavaCodeUnit method) {
    return method.isAnnotatedWith(Test.class)
        && method.getMethodCallsFromSelf().stream()
            .anyMatch(call -> call.getTargetOwner().isEquivalentTo(CombineFnTester.class));
  }
}
