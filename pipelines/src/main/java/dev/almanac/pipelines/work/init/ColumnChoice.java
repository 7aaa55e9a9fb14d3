package dev.almanac.pipelines.work.init;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.problem.Names;
import dev.almanac.transforms.problem.RequestException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What each column is for, as far as its values and its name tell.
 *
 * @param date null where no column is one
 * @param task what the label is
 * @param numeric in the order of the source, as {@code nominal}
 * @param flags by the ending of their name, such as {@code _ATTRIBUTES}: the columns beside which
 *     they stand
 * @param leftOut column to reason
 * @param unsure column to what a person should look at
 */
record ColumnChoice(
    String label,
    String date,
    LabelKind task,
    List<String> numeric,
    List<String> nominal,
    Map<String, List<String>> flags,
    Map<String, String> leftOut,
    Map<String, String> unsure) {
  private static final Set<String> LABELS =
      Set.of("label", "target", "y", "outcome", "response", "class", "dependent", "churn");

  private static final List<String> FLAGS =
      List.of("_ATTRIBUTES", "_FLAG", "_FLAGS", "_QC", "_QF", "_QUALITY", "_STATUS");

  private static final double MOSTLY_MISSING = 0.9;
  private static final int FEW_CODES = 31;
  private static final int MANY_CLASSES = 100;

  static ColumnChoice of(SourceSurvey survey, String askedLabel, String askedDate)
      throws RequestException {
    Maker maker = new Maker(survey);
    String date = maker.date(askedDate);
    String label = maker.label(askedLabel, date);
    return maker.choice(label, date);
  }

  /** The columns that ride along. */
  List<String> keep() {
    return date == null ? List.of() : List.of(date);
  }

  /** Goes through the columns. */
  private static final class Maker {
    private final SourceSurvey survey;
    private final Map<String, ColumnProfile> profiles = new LinkedHashMap<>();
    private final Map<String, List<String>> flags = new LinkedHashMap<>();
    private final Set<String> flagColumns = new LinkedHashSet<>();
    private final Map<String, String> leftOut = new LinkedHashMap<>();
    private final Map<String, String> unsure = new LinkedHashMap<>();

    Maker(SourceSurvey survey) {
      this.survey = survey;
      survey.profiles().forEach(profile -> profiles.put(profile.name(), profile));
      for (String column : profiles.keySet()) {
        for (String ending : FLAGS) {
          for (String spelled : List.of(ending, ending.toLowerCase(Locale.ROOT))) {
            if (profiles.containsKey(column + spelled)) {
              flags.computeIfAbsent(spelled, first -> new ArrayList<>()).add(column);
              flagColumns.add(column + spelled);
            }
          }
        }
      }
    }

    String date(String asked) throws RequestException {
      require(asked, "--date");
      if (asked != null) {
        if (profiles.get(asked).type() != ColumnType.DATE) {
          throw new RequestException(
              "Cannot split by '%s': it holds no dates (%s)"
                  .formatted(asked, profiles.get(asked).type()));
        }
        return asked;
      }
      return profiles.values().stream()
          .filter(profile -> profile.type() == ColumnType.DATE && profile.values() > 0)
          .min(
              Comparator.comparingDouble(
                      (ColumnProfile profile) -> Math.round(20 * profile.missing()))
                  .thenComparing(profile -> -Math.min(profile.days().size(), 3)))
          .map(ColumnProfile::name)
          .orElse(null);
    }

    String label(String asked, String date) throws RequestException {
      require(asked, "--label");
      if (asked != null) {
        return asked;
      }
      List<ColumnProfile> usable =
          profiles.values().stream()
              .filter(profile -> profile.type() != ColumnType.DATE && !profile.name().equals(date))
              .filter(profile -> !flagColumns.contains(profile.name()))
              .filter(profile -> profile.values() > 0 && profile.distinct() > 1)
              .filter(profile -> !profile.countsRows() && !isFreeText(profile))
              .toList();
      if (usable.isEmpty()) {
        throw new RequestException(
            "Cannot guess a label: no column has two values or more (columns: %s); add one to the files"
                .formatted(Names.of(profiles.keySet())));
      }
      for (ColumnProfile profile : usable) {
        if (LABELS.contains(profile.name().toLowerCase(Locale.ROOT))) {
          return profile.name();
        }
      }
      List<ColumnProfile> present =
          usable.stream().filter(profile -> profile.missing() < 0.5).toList();
      List<ColumnProfile> last = present.isEmpty() ? usable : present;
      return last.get(last.size() - 1).name();
    }

    private void require(String asked, String option) throws RequestException {
      if (asked != null && !profiles.containsKey(asked)) {
        throw new RequestException(
            "Cannot use %s %s: the files have no such column (columns: %s)"
                .formatted(option, asked, Names.of(profiles.keySet())));
      }
    }

    ColumnChoice choice(String label, String date) {
      ColumnProfile learned = profiles.get(label);
      LabelKind task = task(learned);
      Map<String, String> leaks =
          task == LabelKind.REGRESSION
              ? new Leaks(survey.sample(), List.copyOf(profiles.keySet()), label).found()
              : Map.of();
      List<String> numeric = new ArrayList<>();
      List<String> nominal = new ArrayList<>();
      for (ColumnProfile profile : profiles.values()) {
        String name = profile.name();
        if (name.equals(label) || name.equals(date) || flagColumns.contains(name)) {
          continue;
        }
        String reason = leaks.containsKey(name) ? leaks.get(name) : useless(profile);
        if (reason != null) {
          leftOut.put(name, reason);
        } else if (profile.type() == ColumnType.STRING) {
          nominal.add(name);
        } else {
          numeric.add(name);
          lookAtCodes(profile);
        }
      }
      Map<String, List<String>> used = new LinkedHashMap<>();
      flags.forEach(
          (ending, columns) -> {
            List<String> beside =
                columns.stream()
                    .filter(column -> column.equals(label) || numeric.contains(column))
                    .toList();
            if (!beside.isEmpty()) {
              used.put(ending, beside);
            }
          });
      if (learned.type() == ColumnType.LONG
          && task == LabelKind.REGRESSION
          && learned.distinct() <= 10) {
        unsure.put(
            label,
            "the label has %s values: train.task multiclass if they are classes"
                .formatted(learned.distinct()));
      }
      return new ColumnChoice(label, date, task, numeric, nominal, used, leftOut, unsure);
    }

    private static LabelKind task(ColumnProfile label) {
      if (label.type() == ColumnType.STRING) {
        return label.distinct() == 2 ? LabelKind.BINARY : LabelKind.MULTICLASS;
      }
      boolean zeroAndOne =
          label.distinct() == 2
              && label.type() == ColumnType.LONG
              && label.low().firstKey() == 0
              && label.low().lastKey() == 1;
      return zeroAndOne ? LabelKind.BINARY : LabelKind.REGRESSION;
    }

    /** Why a column says nothing to a model; null when it may. */
    private static String useless(ColumnProfile profile) {
      if (profile.values() == 0) {
        return "no value";
      }
      if (profile.missing() > MOSTLY_MISSING) {
        return "more than %s %% missing".formatted(Math.round(100 * MOSTLY_MISSING));
      }
      if (profile.distinct() == 1) {
        return profile.missing() == 0 ? "the same in every row" : "one value, or missing";
      }
      if (profile.type() == ColumnType.DATE) {
        return "a date beside the one that splits; a date-parts step makes numbers of it";
      }
      if (profile.countsRows()) {
        return "it counts the rows";
      }
      return isFreeText(profile)
          ? "nearly every row has another text, such as " + profile.examples()
          : null;
    }

    private static boolean isFreeText(ColumnProfile profile) {
      return profile.type() == ColumnType.STRING
          && (profile.isUnique() || profile.distinct() == ColumnProfile.MOST_DISTINCT);
    }

    private void lookAtCodes(ColumnProfile profile) {
      if (profile.type() == ColumnType.LONG
          && profile.distinct() > 2
          && profile.values() > 20L * profile.distinct()
          && profile.distinct() <= FEW_CODES) {
        unsure.put(
            profile.name(),
            "%s whole numbers, taken as amounts; nominal if they are codes"
                .formatted(profile.distinct()));
      } else if (profile.type() == ColumnType.LONG
          && profile.isUnique()
          && profile.name().matches("(?i)(.*[_ .-])?(id|key|nr|no|number|uuid|code)")) {
        unsure.put(profile.name(), "nearly every row has another one; leave it out if it is a key");
      }
    }
  }

  /** Whether the label has so many texts that they are hardly classes. */
  static boolean hasManyClasses(ColumnProfile label) {
    return label.distinct() > MANY_CLASSES;
  }
}
