package dev.almanac.pipelines.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.config.shape.NamedShape;
import dev.almanac.pipelines.config.shape.Plain;
import dev.almanac.pipelines.config.yaml.Section;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.csv.format.HeaderRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads how source files are written: the keys of {@code source:} beside {@code files}. */
final class SourceFormatReader {
  private static final String NONE = "none";

  private final Section section;

  SourceFormatReader(Section section) {
    this.section = section;
  }

  /** The format; null when a problem was reported. */
  CsvFormat read() {
    int before = section.problems().count();
    CsvFormat standard = CsvFormat.standard();
    var format =
        standard
            .with()
            .nulls(section.texts("nulls", standard.nulls()))
            .nullValues(nullValues())
            .delimiter(mark("delimiter", standard.delimiter()))
            .quote(markOrNone("quote", standard.quote()))
            .escape(markOrNone("escape", standard.escape()))
            .comment(markOrNone("comment", standard.comment()))
            .header(header())
            .skipRows(section.integer("skip-rows", standard.skipRows(), 0, 1_000_000))
            .unitsRow(section.flag("units-row", standard.unitsRow()))
            .numbers(
                mark("decimal", standard.decimal()), markOrNone("thousands", standard.thousands()))
            .trim(section.flag("trim", standard.trim()))
            .charset(section.text("encoding", standard.charset()))
            .maxRowBytes(
                section.integer("max-row-bytes", standard.maxRowBytes(), 1, Integer.MAX_VALUE));
    if (section.problems().count() > before) {
      return null;
    }
    try {
      return format.build();
    } catch (IllegalArgumentException e) {
      section.problem("", e.getMessage());
      return null;
    }
  }

  private char mark(String key, char otherwise) {
    section.ask(key, Plain.ofCharacter(), otherwise);
    refuseNull(key, "must be one character");
    String text = section.verbatim(key, String.valueOf(otherwise));
    if (text.length() != 1) {
      section.problem(key, "must be one character ('%s')".formatted(text));
      return otherwise;
    }
    return text.charAt(0);
  }

  /** A character, or none at all. */
  private Character markOrNone(String key, Character otherwise) {
    section.ask(key, Plain.ofCharacterOr(NONE), otherwise == null ? NONE : otherwise);
    refuseNull(key, "must be one character, or the word none");
    String text = section.verbatim(key, otherwise == null ? NONE : String.valueOf(otherwise));
    if (text.equals(NONE)) {
      return null;
    }
    if (text.length() != 1) {
      section.problem(key, "must be one character, or the word none ('%s')".formatted(text));
      return otherwise;
    }
    return text.charAt(0);
  }

  /** Nothing at all may mean the default or that there is none. */
  private void refuseNull(String key, String rule) {
    if (section.isNull(key)) {
      section.problem(key, rule + " (null)");
    }
  }

  private HeaderRow header() {
    section.ask("header", Plain.ofWordsOrTexts(HeaderRow.words()), HeaderRow.FIRST_ROW);
    refuseNull("header", "must be first-row, none, or a list of the columns' names");
    JsonNode written = section.node("header");
    if (written.isMissingNode()) {
      return HeaderRow.FIRST_ROW;
    }
    Object value = written.isTextual() ? written.textValue() : written;
    if (written.isArray()) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < written.size(); i++) {
        names.add(section.text(written.get(i), "header[%s]".formatted(i)));
      }
      value = names;
    }
    try {
      return HeaderRow.parse(value);
    } catch (IllegalArgumentException e) {
      section.problem("header", e.getMessage());
      return HeaderRow.FIRST_ROW;
    }
  }

  private Map<String, List<String>> nullValues() {
    Map<String, List<String>> byColumn = new TreeMap<>();
    section.ask("null-values", new NamedShape("COLUMN", "a section of names of columns"), null);
    section.ask("null-values.COLUMN", Plain.ofTexts(), null);
    if (section.hasSection("null-values")) {
      Section columns = section.section("null-values");
      for (String column : columns.keys()) {
        byColumn.put(column, columns.texts(column, List.of()));
      }
    }
    return byColumn;
  }
}
