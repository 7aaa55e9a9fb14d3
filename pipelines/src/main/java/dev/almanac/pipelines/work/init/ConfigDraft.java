package dev.almanac.pipelines.work.init;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The text of a YAML file, written from its top to its end. Not thread-safe. */
final class ConfigDraft {
  private static final int WIDTH = 110;
  private static final String PLAIN = "[A-Za-z_][A-Za-z0-9_./-]*";

  private static final String RESERVED =
      "(?i)(y|n|yes|no|on|off|true|false|null|none|na|nan|inf|infinity)";

  private final StringBuilder text = new StringBuilder();

  ConfigDraft line(String line) {
    text.append(line.stripTrailing()).append('\n');
    return this;
  }

  /** A line with a remark behind it, or above it where that would be too wide. */
  ConfigDraft line(String line, String remark) {
    if (remark == null) {
      return line(line);
    }
    if (line.length() + remark.length() + 5 > WIDTH) {
      comment(indent(line), remark);
      return line(line);
    }
    return line("%s   # %s".formatted(line, remark));
  }

  /** Lines of comment, none too wide. */
  ConfigDraft comment(String indent, String words) {
    return comment(indent, "# ", words);
  }

  private ConfigDraft comment(String indent, String mark, String words) {
    StringBuilder line = new StringBuilder();
    for (String word : words.split(" ")) {
      if (line.length() > 0
          && indent.length() + mark.length() + line.length() + word.length() + 1 > WIDTH) {
        line(indent + mark + line);
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    return line(indent + mark + line);
  }

  /** A key with a list of texts on as few lines as fit. */
  ConfigDraft list(String key, List<String> values) {
    List<String> scalars = values.stream().map(ConfigDraft::scalar).toList();
    String all = "%s: [%s]".formatted(key, String.join(", ", scalars));
    if (all.length() <= WIDTH) {
      return line(all);
    }
    line(key + ": [");
    String indent = indent(key) + "    ";
    StringBuilder line = new StringBuilder(indent);
    for (int i = 0; i < scalars.size(); i++) {
      String more = scalars.get(i) + (i + 1 < scalars.size() ? "," : "]");
      if (line.length() > indent.length() && line.length() + more.length() + 1 > WIDTH) {
        line(line.toString());
        line.setLength(0);
        line.append(indent);
      }
      line.append(line.length() == indent.length() ? "" : " ").append(more);
    }
    return line(line.toString());
  }

  /** Comments that name columns by what is to be said of them. */
  ConfigDraft remarks(String indent, String head, Map<String, String> byColumn, int most) {
    if (byColumn.isEmpty()) {
      return this;
    }
    comment(indent, head);
    Map<String, List<String>> columns = new LinkedHashMap<>();
    byColumn.forEach(
        (column, remark) ->
            columns.computeIfAbsent(remark, first -> new ArrayList<>()).add(column));
    int shown = 0;
    for (Map.Entry<String, List<String>> remark : columns.entrySet()) {
      if (shown++ == most) {
        return comment(indent, "#   ", "... and %s more".formatted(columns.size() - most));
      }
      comment(
          indent,
          "#   ",
          "%s: %s"
              .formatted(
                  String.join(", ", remark.getValue().stream().map(ConfigDraft::scalar).toList()),
                  remark.getKey()));
    }
    return this;
  }

  private static String indent(String line) {
    return line.substring(0, line.length() - line.stripLeading().length());
  }

  /** A text as YAML reads it back: plain where that is safe, else in quotes. */
  static String scalar(String value) {
    return value.matches(PLAIN) && !value.matches(RESERVED)
        ? value
        : TextNode.valueOf(value).toString();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
