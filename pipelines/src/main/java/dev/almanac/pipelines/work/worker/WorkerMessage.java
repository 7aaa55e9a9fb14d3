package dev.almanac.pipelines.work.worker;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.almanac.training.run.RunSeries;
import dev.almanac.training.run.Until;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * What a search and a worker say to each other: a JSON object a line, in UTF-8.
 *
 * <p>The search writes a {@link Request} to the worker's standard input, the worker an {@link
 * Answer} to its standard output, and so on in turn. The worker ends when its input does: at once
 * when it waits, or once a training that is under way has written its checkpoint. So it does on
 * SIGTERM and SIGINT. A line that is not a message is an error that names the line; whoever reads
 * it ends the conversation.
 */
public sealed interface WorkerMessage permits WorkerMessage.Request, WorkerMessage.Answer {
  /**
   * To train a segment of a trial: from where its run stands, if there is one, until a place.
   *
   * @param settings of the trial on top of the worker's config, as {@code path=value}
   * @param dataset the folder of the dataset, whose files have been compared with their hashes
   * @param runId of the run, which is made when it is not there
   * @param origin of the run, should it be made
   * @param until where the segment ends; the training may end before
   * @param before how an earlier attempt of this segment ended, for the run's log; null when there
   *     was none
   */
  record Request(
      List<String> settings,
      String dataset,
      String runId,
      RunSeries.Origin origin,
      Until until,
      String before)
      implements WorkerMessage {
    /** Reads the line with this number, from 1. */
    public static Request of(String line, long number) throws IOException {
      Request request = read(line, number, Request.class);
      if (request.settings == null
          || request.dataset == null
          || request.runId == null
          || request.until == null) {
        throw notOne(line, number, Request.class, "settings, dataset, run-id, until", null);
      }
      return request;
    }
  }

  /**
   * How a segment ended. What came of it stands in the run's folder.
   *
   * @param error why it failed or memory ended; null otherwise
   */
  record Answer(String runId, Ended ended, String error) implements WorkerMessage {
    /** Reads the line with this number, from 1. */
    public static Answer of(String line, long number) throws IOException {
      Answer answer = read(line, number, Answer.class);
      if (answer.runId == null || answer.ended == null) {
        throw notOne(line, number, Answer.class, "run-id and ended", null);
      }
      return answer;
    }
  }

  /** How a segment ended. */
  enum Ended {
    /** The run is paused or finished. */
    TRAINED,
    /** Told to end; the run is stopped, and can be gone on with. */
    STOPPED,
    /** By its own fault: another attempt would end like this one. */
    FAILED,
    /** Memory ran out; the worker ends. Another attempt, alone, may get on. */
    OUT_OF_MEMORY;

    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @JsonCreator
    static Ended of(String text) {
      for (Ended ended : values()) {
        if (ended.text().equals(text)) {
          return ended;
        }
      }
      throw new IllegalArgumentException("no segment ends as '%s'".formatted(text));
    }
  }

  /** The message as a line, without its end. */
  default String line() {
    return Json.line(this);
  }

  private static <T> T read(String line, long number, Class<T> type) throws IOException {
    try {
      T message = Json.read(line, type, "line " + number);
      if (message == null) {
        throw notOne(line, number, type, "an object", null);
      }
      return message;
    } catch (IOException e) {
      throw notOne(line, number, type, e.getMessage(), e);
    }
  }

  private static ForeseenException notOne(
      String line, long number, Class<?> type, String why, Exception cause) {
    String shown = line.length() > 200 ? line.substring(0, 200) + "..." : line;
    return new ForeseenException(
        "Cannot read line %s, which is to be a worker's %s: %s (%s)"
            .formatted(number, type.getSimpleName().toLowerCase(Locale.ROOT), why, shown),
        cause);
  }
}
