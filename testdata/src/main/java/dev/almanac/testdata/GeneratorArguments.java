package dev.almanac.testdata;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The parsed command line: a folder and a spec, or every problem of it.
 *
 * @param folder null when there are problems
 * @param spec null when there are problems
 */
record GeneratorArguments(boolean help, Path folder, StationFilesSpec spec, List<String> problems) {

  static final String USAGE =
      """
      Generates station files like those of GHCN-Daily: one CSV file a station.

        --out DIR        folder to write to; it must hold no CSV file yet
        --sample         the sample of the project, instead of the options below but --out
        --rows N         rows over all stations
        --bytes SIZE     about so many bytes over all stations, uncompressed: 500000, 1GB, 1.5GiB
        --stations N     stations that share the size; as many as needed if left out. Without a size,
                         each has a row for nearly every day
        --from DATE      first day (1985-01-01)
        --until DATE     day after the last (2020-01-01)
        --seed S         whole number (1): another seed, other stations
        --gzip           compress every file
        --mixed          compress three files of four
      """;

  private static final Set<String> FLAGS = Set.of("--gzip", "--mixed", "--sample", "--help");
  private static final List<String> OPTIONS =
      List.of("--out", "--rows", "--bytes", "--stations", "--from", "--until", "--seed");

  static GeneratorArguments parse(String[] arguments) {
    return new Parser().parse(arguments);
  }

  private static final class Parser {

    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> values = new HashMap<>();

    GeneratorArguments parse(String[] arguments) {
      collect(arguments);
      if (values.containsKey("--help")) {
        return new GeneratorArguments(true, null, null, List.of());
      }
      if (!values.containsKey("--out")) {
        problems.add("Cannot generate station files: --out DIR is missing");
      }
      Path folder = value("--out", null, Path::of, "a path");
      StationFilesSpec spec = values.containsKey("--sample") ? sample() : spec();
      boolean good = problems.isEmpty();
      return new GeneratorArguments(
          false, good ? folder : null, good ? spec : null, List.copyOf(problems));
    }

    private void collect(String[] arguments) {
      for (int i = 0; i < arguments.length; i++) {
        String name = arguments[i];
        boolean known = FLAGS.contains(name) || OPTIONS.contains(name);
        boolean needsValue = OPTIONS.contains(name);
        if (!known) {
          problems.add(
              "Cannot read option '%s': known are %s and --gzip, --mixed, --sample, --help"
                  .formatted(name, String.join(", ", OPTIONS)));
        } else if (needsValue && i + 1 == arguments.length) {
          problems.add("Cannot read option '%s': its value is missing".formatted(name));
        } else if (values.put(name, needsValue ? arguments[++i] : "") != null) {
          problems.add("Cannot read option '%s': it stands twice".formatted(name));
        }
      }
    }

    private StationFilesSpec sample() {
      if (values.keySet().stream().anyMatch(name -> !Set.of("--sample", "--out").contains(name))) {
        problems.add("Cannot generate the sample: --sample goes with --out alone");
      }
      return StationFilesSpec.sample();
    }

    private StationFilesSpec spec() {
      LocalDate from =
          value("--from", LocalDate.of(1985, 1, 1), LocalDate::parse, "a date like 1985-01-01");
      LocalDate until =
          value("--until", LocalDate.of(2020, 1, 1), LocalDate::parse, "a date like 2020-01-01");
      long seed = value("--seed", 1L, Long::parseLong, "a whole number");
      int stations =
          value(
              "--stations",
              StationFilesSpec.AS_MANY_AS_NEEDED,
              Parser::atLeastOne,
              "a whole number from 1");
      Size size = size();
      if (!problems.isEmpty()) {
        return null;
      }
      try {
        return new StationFilesSpec(stations, size, from, until, seed, compression());
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
        return null;
      }
    }

    private Size size() {
      if (values.containsKey("--rows") && values.containsKey("--bytes")) {
        problems.add("Cannot generate station files: --rows and --bytes exclude each other");
      }
      if (values.containsKey("--rows")) {
        return new Size.Rows(value("--rows", 1L, Long::parseLong, "a whole number"));
      }
      if (values.containsKey("--bytes")) {
        return new Size.Bytes(
            value("--bytes", 1L, ByteCount::parse, "a count of bytes like 500000, 1GB or 1.5GiB"));
      }
      if (!values.containsKey("--stations")) {
        problems.add(
            "Cannot generate station files: one of --rows, --bytes and --stations is needed");
      }
      return new Size.WholePeriod();
    }

    private Compression compression() {
      if (values.containsKey("--mixed")) {
        return Compression.MIXED;
      }
      return values.containsKey("--gzip") ? Compression.GZIP : Compression.NONE;
    }

    private static int atLeastOne(String text) {
      int number = Integer.parseInt(text);
      if (number < 1) {
        throw new NumberFormatException();
      }
      return number;
    }

    private <T> T value(String name, T absent, Function<String, T> parser, String form) {
      String text = values.get(name);
      if (text == null) {
        return absent;
      }
      try {
        return parser.apply(text);
      } catch (NumberFormatException | DateTimeException | InvalidPathException e) {
        problems.add("Cannot read option %s: it must be %s (%s)".formatted(name, form, text));
        return absent;
      }
    }
  }
}
