package dev.almanac.testdata;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Command line of the generator.
 *
 * <p>Exit status 0, 1 (the files could not be written) or 2 (the request was wrong: every problem
 * at once). What was written goes to standard output, progress and errors to standard error.
 */
public final class GenerateStationFiles {

  private GenerateStationFiles() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out, System.err));
  }

  static int run(String[] arguments, PrintStream out, PrintStream err) {
    GeneratorArguments parsed = GeneratorArguments.parse(arguments);
    if (parsed.help()) {
      out.print(GeneratorArguments.USAGE);
      return 0;
    }
    if (!parsed.problems().isEmpty()) {
      parsed.problems().forEach(err::println);
      err.println("See --help.");
      return 2;
    }
    StationFiles files;
    try {
      files = new StationFiles(parsed.spec());
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      return 2;
    }
    return write(files, parsed.folder(), out, err);
  }

  private static int write(StationFiles files, Path folder, PrintStream out, PrintStream err) {
    try {
      StationFiles.Written written = files.write(folder, new EverySecond(err));
      out.printf(
          "%d station files, %d rows, %d bytes uncompressed: %s%n",
          written.files().size(), written.rows(), written.bytes(), folder);
      return 0;
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      return 2;
    } catch (IOException e) {
      err.printf("Cannot write station files to %s: %s%n", folder, e);
      return 1;
    }
  }

  /** Prints at most one line a second, so that quick work prints none. */
  private static final class EverySecond implements StationFiles.Progress {

    private final PrintStream err;
    private long last = System.nanoTime();

    EverySecond(PrintStream err) {
      this.err = err;
    }

    @Override
    public void wrote(int stations, int ofStations, long bytes) {
      long now = System.nanoTime();
      if (now - last >= TimeUnit.SECONDS.toNanos(1)) {
        last = now;
        err.printf("%d of %d stations, %d MB%n", stations, ofStations, bytes / 1_000_000);
      }
    }
  }
}
