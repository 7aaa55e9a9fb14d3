package dev.almanac.pipelines.docs;

import dev.almanac.pipelines.Launched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the project: its fenced blocks, and of the prose between them its headings, links,
 * pieces of code and lines.
 *
 * @param path below the project's folder
 * @param anchors what a link may say behind its {@code #}, as GitHub makes them of headings
 */
record Markdown(
    String path,
    List<Block> blocks,
    Set<String> anchors,
    List<Piece> links,
    List<Piece> code,
    List<Piece> lines) {
  private static final Set<String> NOT_OURS = Set.of("target", "out", "runs", "studies", "shared");
  private static final Pattern FENCE = Pattern.compile("\\s*```\\s*(\\S*)\\s*");
  private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*?)\\s*");
  private static final Pattern CODE = Pattern.compile("(`+)(.+?)\\1", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

  /** A fenced block; {@code text} ends in a line break. */
  record Block(String language, String text, String place) {}

  /** Something in the prose; {@code place} is {@code file:line}. */
  record Piece(String text, String place) {}

  /** Every page of the project. */
  static List<Markdown> all() throws IOException {
    List<Markdown> pages = new ArrayList<>();
    for (Path file : files(Launched.ROOT, ".md")) {
      pages.add(read(file));
    }
    return pages;
  }

  /** The files of a folder and those below it whose names end so, but for hidden and built ones. */
  static List<Path> files(Path folder, String ending) throws IOException {
    List<Path> files = new ArrayList<>();
    List<Path> below;
    try (Stream<Path> listed = Files.list(folder)) {
      below = listed.sorted().toList();
    }
    for (Path path : below) {
      String name = path.getFileName().toString();
      if (Files.isDirectory(path) && !name.startsWith(".") && !NOT_OURS.contains(name)) {
        files.addAll(files(path, ending));
      } else if (Files.isRegularFile(path) && name.endsWith(ending)) {
        files.add(path);
      }
    }
    return files;
  }

  private static Markdown read(Path file) throws IOException {
    String path = Launched.ROOT.relativize(file).toString();
    List<Block> blocks = new ArrayList<>();
    Set<String> anchors = new LinkedHashSet<>();
    List<Piece> lines = new ArrayList<>();
    StringBuilder prose = new StringBuilder();
    String language = null;
    StringBuilder block = new StringBuilder();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      String place = path + ":" + number;
      Matcher fence = FENCE.matcher(line);
      if (fence.matches() && language == null) {
        language = fence.group(1);
      } else if (fence.matches()) {
        blocks.add(new Block(language, block.toString(), place));
        language = null;
        block.setLength(0);
      } else if (language != null) {
        block.append(line).append('\n');
      } else {
        lines.add(new Piece(line, place));
        Matcher heading = HEADING.matcher(line);
        if (heading.matches()) {
          anchor(heading.group(1), anchors);
        }
        prose.append(line);
      }
      prose.append('\n');
    }
    if (language != null) {
      throw new IllegalStateException("Cannot read %s: a block is not closed".formatted(path));
    }
    List<Piece> code = new ArrayList<>();
    // Links are looked for where no code is, at the same places.
    StringBuilder without = new StringBuilder(prose);
    Matcher piece = CODE.matcher(prose);
    while (piece.find()) {
      code.add(
          new Piece(piece.group(2).replaceAll("\\s+", " "), place(path, prose, piece.start())));
      for (int at = piece.start(); at < piece.end(); at++) {
        if (without.charAt(at) != '\n') {
          without.setCharAt(at, ' ');
        }
      }
    }
    List<Piece> links = new ArrayList<>();
    Matcher link = LINK.matcher(without);
    while (link.find()) {
      links.add(new Piece(link.group(1), place(path, prose, link.start())));
    }
    return new Markdown(path, blocks, anchors, links, code, lines);
  }

  private static void anchor(String heading, Set<String> anchors) {
    String anchor =
        heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}\\- _]", "").replace(' ', '-');
    String unique = anchor;
    for (int i = 1; !anchors.add(unique); i++) {
      unique = anchor + "-" + i;
    }
  }

  private static String place(String path, CharSequence text, int at) {
    return path + ":" + (1 + text.subSequence(0, at).chars().filter(c -> c == '\n').count());
  }
}
