package dev.almanac.training.search;

import dev.almanac.training.search.trial.Epochs;
import dev.almanac.training.search.trial.Resource;
import dev.almanac.transforms.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a study asks now and did not ask before.
 *
 * @param incomparable without which trials of then and now cannot be compared
 * @param asking that make others of the trials still to come, and are taken only when asked for
 * @param narrowed whether the space lies within what it was, which is taken as it comes
 */
record Changes(List<String> incomparable, List<String> asking, boolean narrowed) {
  static Changes of(StudyConfig was, StudyConfig is) {
    List<String> incomparable = new ArrayList<>();
    compare(incomparable, "name", was.name(), is.name());
    compare(incomparable, "metric", was.metric(), is.metric());
    compare(incomparable, "goal", was.goal().text(), is.goal().text());
    compare(incomparable, "resource", counted(was), counted(is));
    if (!was.base().equals(is.base())) {
      incomparable.add("the rest of the config");
    }
    List<String> asking = new ArrayList<>();
    compare(asking, "sampler", was.sampler(), is.sampler());
    compare(asking, "seed", was.seed(), is.seed());
    Course before = was.course();
    Course now = is.course();
    compare(asking, "order", before.order().text(), now.order().text());
    compare(asking, "in-flight", before.inFlight(), now.inFlight());
    compare(asking, "pruner", Json.line(before.pruner()), Json.line(now.pruner()));
    boolean same = Json.line(was.space()).equals(Json.line(is.space()));
    boolean narrowed = !same && new Narrowing(was.space(), is.space()).isWithin();
    if (!same && !narrowed) {
      asking.add("space");
    }
    return new Changes(incomparable, asking, narrowed);
  }

  boolean isNone() {
    return incomparable.isEmpty() && asking.isEmpty() && !narrowed;
  }

  /** All of them, for a person. */
  List<String> all() {
    List<String> all = new ArrayList<>(incomparable);
    all.addAll(asking);
    if (narrowed) {
      all.add("space, which is narrower");
    }
    return all;
  }

  private static String counted(StudyConfig question) {
    Epochs epochs = question.course().epochs();
    return epochs.resource() == Resource.EPOCHS
        ? Resource.EPOCHS.text()
        : "%s, %s an epoch".formatted(Resource.ROW_GROUPS.text(), epochs.rowGroups());
  }

  private static void compare(List<String> changes, String key, Object was, Object is) {
    if (!Objects.equals(was, is)) {
      changes.add("%s was %s and is %s".formatted(key, was, is));
    }
  }
}
