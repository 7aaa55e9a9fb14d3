package dev.almanac.pipelines.report.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The page that sections write into: HTML, and beside it the data of the pictures.
 *
 * <p>What comes out is one file that holds style, scripts and data, and fetches nothing.
 */
public final class Page {
  private static final String ECHARTS =
      "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.min.js";

  private final Html html = new Html();
  private final Map<String, Object> charts = new LinkedHashMap<>();

  /** How wide a picture is. */
  enum Width {
    WHOLE,
    HALF,
    THIRD
  }

  Html html() {
    return html;
  }

  /** A section with a heading and a sentence that says what it is about. */
  void section(String id, String title, String lead, Runnable content) {
    html.open("section", "id", id).element("h2", title);
    if (!lead.isEmpty()) {
      html.element("p", lead, "class", "lead");
    }
    content.run();
    html.close();
  }

  /** Things side by side where there is room. */
  void row(Runnable content) {
    html.open("div", "class", "row");
    content.run();
    html.close();
  }

  /**
   * A picture, drawn by the script from {@code data}, and its numbers to unfold.
   *
   * @param kind which drawing of the script
   * @param note what to look for; may be empty
   */
  void chart(
      String id, String kind, Width width, String title, String note, Object data, Table numbers) {
    Map<String, Object> chart = new LinkedHashMap<>();
    chart.put("kind", kind);
    chart.put("data", data);
    charts.put(id, chart);
    html.open("figure", "id", id, "class", width.name().toLowerCase(Locale.ROOT));
    html.open("figcaption").element("h3", title);
    if (!note.isEmpty()) {
      html.element("p", note);
    }
    html.close();
    html.open("div", "class", "plot " + kind, "role", "img", "aria-label", title).close();
    if (!numbers.isEmpty()) {
      fold("Numbers", inside -> numbers.appendTo(inside, "sortable"));
    }
    html.close();
  }

  /** Something that is closed until a reader unfolds it. */
  void fold(String summary, Consumer<Html> content) {
    html.open("details").element("summary", summary);
    content.accept(html);
    html.close();
  }

  /** A sentence in place of what cannot be shown. */
  void absent(String why) {
    html.element("p", why, "class", "absent");
  }

  /** The whole file. */
  public String text(String title) {
    return text(title, own("report.css"), charts, resource(ECHARTS), own("report.js"));
  }

  /**
   * The whole file, with scripts and style of its own beside the report's style.
   *
   * @param name of its style sheet and its script
   * @param data that the script draws
   */
  String text(String title, String name, Object data) {
    return text(title, own("report.css") + "\n" + own(name + ".css"), data, "", own(name + ".js"));
  }

  private String text(String title, String style, Object data, String library, String script) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("title", Html.escape(title));
    parts.put("style", style);
    parts.put("body", html.toString());
    parts.put("data", scriptData(data));
    parts.put("echarts", library);
    parts.put("script", script);
    return fill(own("report.html"), parts);
  }

  /** JSON that cannot end the script element which holds it. */
  public static String scriptData(Object value) {
    try {
      return Json.mapper()
          .writeValueAsString(value)
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026")
          .replace("\u2028", "\\u2028")
          .replace("\u2029", "\\u2029");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot write chart data: " + e.getOriginalMessage(), e);
    }
  }

  /** Puts each part in its {@code {{place}}}; what a part holds is never looked at again. */
  private static String fill(String template, Map<String, String> parts) {
    StringBuilder filled = new StringBuilder();
    int at = 0;
    for (int start = template.indexOf("{{"); start >= 0; start = template.indexOf("{{", at)) {
      int end = template.indexOf("}}", start);
      String name = template.substring(start + 2, end);
      filled.append(template, at, start).append(parts.get(name));
      at = end + 2;
    }
    return filled.append(template.substring(at)).toString();
  }

  private static String own(String name) {
    return resource("/dev/almanac/pipelines/report/" + name);
  }

  private static String resource(String path) {
    try (InputStream in = Page.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(
            "Cannot write the report: the class path has no %s".formatted(path));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
