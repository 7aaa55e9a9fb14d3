package dev.almanac.benchmarks.prepare;

import dev.almanac.benchmarks.measure.ThreadTimes.Seconds;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * CPU seconds of a JVM by what its threads are for.
 *
 * @param java of threads that run Java, outside the kernel
 * @param kernel of the same threads, inside it
 */
record ThreadGroups(double compiler, double collector, double machine, double java, double kernel) {
  private static final List<String> COMPILER = List.of("C1 Compiler", "C2 Compiler", "Sweeper");
  private static final List<String> COLLECTOR = List.of("GC Thread", "G1 ", "ParGC");
  private static final List<String> MACHINE = List.of("VM ", "JFR ", "Monitor", "Service Thread");

  static ThreadGroups of(Map<String, Seconds> byName) {
    return new ThreadGroups(
        sum(byName, COMPILER),
        sum(byName, COLLECTOR),
        sum(byName, MACHINE),
        java(byName, Seconds::user),
        java(byName, Seconds::system));
  }

  private static double sum(Map<String, Seconds> byName, List<String> prefixes) {
    return byName.entrySet().stream()
        .filter(entry -> starts(entry.getKey(), prefixes))
        .mapToDouble(entry -> entry.getValue().total())
        .sum();
  }

  private static double java(Map<String, Seconds> byName, ToDoubleFunction<Seconds> part) {
    return byName.entrySet().stream()
        .filter(
            entry ->
                !starts(entry.getKey(), COMPILER)
                    && !starts(entry.getKey(), COLLECTOR)
                    && !starts(entry.getKey(), MACHINE))
        .mapToDouble(entry -> part.applyAsDouble(entry.getValue()))
        .sum();
  }

  private static boolean starts(String name, List<String> prefixes) {
    return prefixes.stream().anyMatch(name::startsWith);
  }
}
