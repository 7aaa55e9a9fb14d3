package dev.almanac.pipelines.docs;

import java.util.ArrayList;
import java.util.List;

/**
 * One command of a block of shell: its words, without comment, assignments before it and
 * redirections.
 */
record ShellLine(List<String> words, String place) {
  /** The commands of a block; those that {@code \} continues are one. */
  static List<ShellLine> of(Markdown.Block block) {
    List<ShellLine> lines = new ArrayList<>();
    for (String line : block.text().replace("\\\n", " ").split("\n")) {
      List<String> words = words(line);
      words.removeIf(word -> word.matches("\\d?>.*"));
      while (!words.isEmpty() && words.get(0).matches("[A-Za-z_]+=.*")) {
        words.remove(0);
      }
      if (!words.isEmpty()) {
        lines.add(new ShellLine(List.copyOf(words), block.place() + ", " + line.strip()));
      }
    }
    return lines;
  }

  /** Words as a shell parts them; what stands in quotes, {@code $()} or behind them is one. */
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    int depth = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
        if (quote != 0) {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        begun = true;
      } else if (c == '#' && !begun) {
        break;
      } else if (Character.isWhitespace(c) && depth == 0) {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        word.append(c);
        begun = true;
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }
}
