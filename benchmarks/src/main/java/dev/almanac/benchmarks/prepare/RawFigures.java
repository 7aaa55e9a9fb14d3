package dev.almanac.benchmarks.prepare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.almanac.benchmarks.measure.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every single figure as JSON, so that other tables can be made of it. */
final class RawFigures {
  private RawFigures() {}

  static void write(Machine machine, List<Outcome> outcomes, Path file) throws IOException {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("contestant", outcome.contestant());
      one.put("gigabytes", outcome.task().data().gigabytes());
      one.put("input", outcome.task().data().input().text());
      one.put("order", outcome.task().order().text());
      one.put("threads", outcome.task().threads());
      one.put("files", outcome.task().data().files());
      one.put("bytes", outcome.task().data().bytes());
      one.put("failure", outcome.failure());
      one.put("runs", outcome.runs());
      one.put("output", outcome.totals());
      one.put("differences", outcome.differences());
      all.add(one);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("machine", machine);
    document.put("outcomes", all);
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(file.toFile(), document);
  }
}
