package dev.almanac.pipelines;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * State that all work of a process shares: where it is, and why it may be.
 *
 * <p>Found are static fields that change, static objects that are made to be changed by several
 * threads, and what sets the process's properties or hooks. A constant table is none.
 */
class ProcessStateTest {
  private static final Map<String, String> SHARED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(
                  "dev.almanac.training.machine.Machine",
                  "the hardware, class path and platform of the process, which stay what they are"),
              Map.entry(
                  "dev.almanac.pipelines.work.surroundings.RunSurroundings",
                  "a driver that has hung once is not asked again"),
              Map.entry(
                  "dev.almanac.pipelines.cli.WorkerCommand",
                  "a process of its own, whose standard output is for answers alone"),
              Map.entry(
                  "dev.almanac.transforms.storage.RegionLookup",
                  "Beam's file systems are the process's, and with them what the AWS SDK may look up"),
              Map.entry(
                  "dev.almanac.transforms.fit.SharedTransforms",
                  "a cache of values that never change"),
              Map.entry(
                  "dev.almanac.training.lease.Lease",
                  "the folders that this process holds, so that it does not take one twice"),
              Map.entry(
                  "dev.almanac.training.train.Turn",
                  "PyTorch's random numbers are the process's: one training at a time, the next waits"),
              Map.entry(
                  "dev.almanac.training.data.read.NativePieces",
                  "buffers, each lent to one user at a time"),
              Map.entry(
                  "dev.almanac.training.torch.Compute",
                  "DJL reads properties when its engine starts, once a process"),
              Map.entry(
                  "dev.almanac.pipelines.cli.EndOfProcess",
                  "the command line's own process: it has one command, which its end cancels"),
              Map.entry(
                  "dev.almanac.pipelines.work.cluster.TrainSegment$Devices",
                  "the GPUs of a machine, which all that an executor trains share"),
              Map.entry(
                  "dev.almanac.pipelines.track.lineage.Outbox",
                  "numbers what one process keeps within a millisecond, so that its order holds")));

  private static final Set<String> OF_THE_PROCESS =
      Set.of("setProperty", "clearProperty", "setOut", "setErr", "setIn", "addShutdownHook");

  @Test
  void whatWorkSharesIsKnownAndHasItsReason() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("tests.jar"))
            .importPackages(
                "dev.almanac.transforms", "dev.almanac.training", "dev.almanac.pipelines");
    Set<String> found =
        classes.stream()
            .filter(type -> changes(type) || isMadeForThreads(type) || setsTheProcess(type))
            .map(JavaClass::getName)
            .collect(toCollection(TreeSet::new));
    assertEquals(SHARED.keySet(), found);
  }

  private static boolean changes(JavaClass type) {
    return type.getFields().stream()
        .map(JavaField::getModifiers)
        .anyMatch(is -> is.contains(JavaModifier.STATIC) && !is.contains(JavaModifier.FINAL));
  }

  private static boolean isMadeForThreads(JavaClass type) {
    return type.getStaticInitializer().stream()
        .flatMap(initializer -> initializer.getCallsFromSelf().stream())
        .map(JavaAccess::getTargetOwner)
        .map(JavaClass::getName)
        .anyMatch(
            owner ->
                owner.startsWith("java.util.concurrent.")
                    && !owner.equals("java.util.concurrent.TimeUnit"));
  }

  private static boolean setsTheProcess(JavaClass type) {
    return type.getMethodCallsFromSelf().stream()
        .anyMatch(
            call ->
                Set.of("java.lang.System", "java.lang.Runtime")
                        .contains(call.getTargetOwner().getName())
                    && OF_THE_PROCESS.contains(call.getName()));
  }
}
