package dev.almanac.pipelines.track.lineage;

import java.io.IOException;

/** What takes events of OpenLineage. */
interface LineageTarget {
  /** For messages. */
  String name();

  /**
   * Gives it an event.
   *
   * @param event as a line of JSON
   * @throws LineageException when it refuses this event, now and later
   * @throws IOException when it does not take it now
   */
  void send(String event) throws IOException, InterruptedException;

  /**
   * Of a config.
   *
   * @param to the address of a server, or a file
   * @param apiKey that says who asks; null for nobody
   */
  static LineageTarget of(String to, String apiKey) {
    return to.contains("://") ? new LineageServer(to, apiKey) : new LineageFile(to);
  }
}
