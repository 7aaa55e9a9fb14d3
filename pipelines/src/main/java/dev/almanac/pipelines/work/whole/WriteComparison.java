package dev.almanac.pipelines.work.whole;

import dev.almanac.pipelines.report.page.Comparison;
import dev.almanac.pipelines.work.Figures;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.pipelines.work.runs.CompareRuns.Compared;
import dev.almanac.pipelines.work.runs.CompareRuns.Line;
import dev.almanac.training.run.find.Value;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what was compared as a page that opens offline.
 *
 * @param path of the page, local or remote; what is there is replaced
 */
public record WriteComparison(Compared compared, String path) implements Work<String> {
  @Override
  public String run(Watch watch) throws IOException {
    String title = "%s of %s".formatted(Count.of(compared.runs().size(), "run"), compared.folder());
    Comparison page =
        new Comparison(
            title,
            compared.runs(),
            compared.differences().stream().map(WriteComparison::line).toList(),
            compared.metrics().stream().map(WriteComparison::line).toList(),
            compared.curveOf(),
            compared.curves().stream()
                .map(curve -> new Comparison.Curve(curve.run(), curve.epochs(), curve.values()))
                .toList());
    Storage.writeText(path, page.text());
    return path;
  }

  private static Comparison.Line line(Line line) {
    List<String> texts = new ArrayList<>();
    List<Double> numbers = new ArrayList<>();
    for (Value value : line.values()) {
      texts.add(
          value == null
              ? null
              : value.number() == null || line.part().equals("params")
                  ? value.shown()
                  : Figures.number(value.number()));
      numbers.add(value == null ? null : value.number());
    }
    return new Comparison.Line(line.key(), texts, numbers);
  }
}
