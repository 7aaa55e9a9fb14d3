package dev.almanac.pipelines.cli;

/** The program with {@link SmallStages}, for tests that kill it. */
final class SearchMain {
  private SearchMain() {}

  public static void main(String[] arguments) {
    System.exit(Main.run(arguments, System.out, System.err, SmallStages::new));
  }
}
