package dev.almanac.pipelines.config;

import dev.almanac.pipelines.config.yaml.Paths;
import dev.almanac.pipelines.config.yaml.Section;
import java.net.URI;

/**
 * Which other tools are shown what is done: the {@code track:} section.
 *
 * @param tensorboard whether runs get event files
 * @param mlflow the tracking server, without a slash at its end; null for none
 * @param optunaJournal whether studies get a journal as Optuna writes it
 * @param openlineage the server or the absolute file that takes lineage; null for none
 */
public record TrackConfig(
    boolean tensorboard, String mlflow, boolean optunaJournal, String openlineage) {
  /** None. */
  public static final TrackConfig NONE = new TrackConfig(false, null, false, null);

  static TrackConfig read(Section section, Paths paths) {
    boolean tensorboard = section.flag("tensorboard", false);
    String mlflow =
        server(
            section,
            "mlflow",
            "must be a server's address such as http://localhost:5000",
            "MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN");
    boolean optuna = section.flag("optuna-journal", false);
    String lineage = section.text("openlineage", null);
    if (lineage != null && lineage.contains("://")) {
      lineage =
          server(
              section,
              "openlineage",
              "must be a server's address such as http://localhost:5000, or a file of this machine",
              "OPENLINEAGE_API_KEY");
    } else {
      lineage = paths.resolve(lineage);
    }
    section.close();
    return new TrackConfig(tensorboard, mlflow, optuna, lineage);
  }

  /**
   * Without slashes at its end; null for none.
   *
   * @param rule what it must be
   * @param variables of the environment that say who asks
   */
  private static String server(Section section, String key, String rule, String variables) {
    String written = section.text(key, null);
    if (written == null) {
      return null;
    }
    URI uri = uri(written);
    if (uri == null) {
      section.problem(key, "%s (%s)".formatted(rule, written));
    } else if (uri.getRawUserInfo() != null) {
      section.problem(
          key,
          "must hold no name or password, which would be kept in every run: give them by "
              + variables);
    }
    return written.replaceAll("/+$", "");
  }

  /** Null when it is none of a server. */
  private static URI uri(String written) {
    try {
      URI uri = URI.create(written);
      boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return isHttp && (uri.getHost() != null) ? uri : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
