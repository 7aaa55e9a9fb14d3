package dev.almanac.pipelines.config;

import dev.almanac.pipelines.config.yaml.Section;
import dev.almanac.training.setting.Rule;
import dev.almanac.transforms.drift.DriftLimits;

/**
 * What {@code predict} makes of rows that are not like those of train: the {@code predict:}
 * section.
 *
 * @param limits beyond which a column has drifted
 * @param maxUnreadable the largest share of a step's cells that it may make missing though they
 *     were there; null for that of the run
 * @param source how the files are written otherwise than train's
 */
public record PredictConfig(
    DriftAction drift,
    UnjudgedAction unjudged,
    DriftLimits limits,
    Double maxUnreadable,
    ReadingChange source) {
  private static final String MAX_UNREADABLE = "max-unreadable";

  static PredictConfig read(Section section) {
    DriftAction drift =
        section.word("drift", DriftAction.WARN, DriftAction.values(), DriftAction::text);
    UnjudgedAction unjudged =
        section.word(
            "unjudged", UnjudgedAction.REFUSE, UnjudgedAction.values(), UnjudgedAction::text);
    double psi =
        section.number("max-psi", 0.25, Rule.Decimal.between(Double.MIN_VALUE, Double.MAX_VALUE));
    double unseen = share(section, "max-unseen", 0.05);
    double nulls = share(section, "max-null-change", 0.1);
    ReadingChange source =
        section.hasSection("source")
            ? ReadingChange.read(section.section("source"))
            : ReadingChange.NONE;
    section.ask(MAX_UNREADABLE, Rule.Decimal.PART, null);
    Double unreadable =
        section.node(MAX_UNREADABLE).isMissingNode() ? null : share(section, MAX_UNREADABLE, 0);
    section.close();
    return new PredictConfig(
        drift, unjudged, new DriftLimits(psi, unseen, nulls), unreadable, source);
  }

  private static double share(Section section, String key, double otherwise) {
    return section.number(key, otherwise, Rule.Decimal.PART);
  }
}
