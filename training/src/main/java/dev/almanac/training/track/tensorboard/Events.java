package dev.almanac.training.track.tensorboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * The events that TensorBoard reads, each as a record of a file: {@code event.proto}, {@code
 * summary.proto} and the plugin {@code hparams} of TensorBoard 2.21.
 */
final class Events {
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;

  private static final String PLUGIN = "hparams";
  private static final int START = 3;
  private static final int END = 4;

  /** How the session of a run ended, as the plugin numbers it. */
  enum Status {
    SUCCESS(1),
    FAILURE(2),
    RUNNING(3);

    private final int number;

    Status(int number) {
      this.number = number;
    }
  }

  private Events() {}

  /** The first of a file. */
  static byte[] version(double time) {
    return RecordFrame.of(
        new ProtoBytes().number(WALL_TIME, time).text(FILE_VERSION, "brain.Event:2").bytes());
  }

  /**
   * A value of a curve.
   *
   * @param time in seconds since 1970
   */
  static byte[] scalar(String tag, long step, double time, double value) {
    return event(step, time, new ProtoBytes().text(1, tag).real(2, (float) value));
  }

  /**
   * What a run was made from.
   *
   * @param group of runs whose values are shown as one
   */
  static byte[] start(Map<String, JsonNode> values, String group, double time) {
    ProtoBytes session = new ProtoBytes();
    values.forEach(
        (name, value) ->
            session.message(1, new ProtoBytes().text(1, name).message(2, value(value))));
    session.text(4, group).number(5, time);
    return plugin("_hparams_/session_start_info", time, START, session);
  }

  /** How a run ended. */
  static byte[] end(Status status, double time) {
    return plugin(
        "_hparams_/session_end_info",
        time,
        END,
        new ProtoBytes().integer(1, status.number).number(2, time));
  }

  private static byte[] plugin(String tag, double time, int kind, ProtoBytes session) {
    // Version 0 of the plugin's data, which is the default and left out.
    ProtoBytes data = new ProtoBytes().message(kind, session);
    ProtoBytes plugin = new ProtoBytes().text(1, PLUGIN).message(2, data);
    return event(
        0, time, new ProtoBytes().text(1, tag).message(9, new ProtoBytes().message(1, plugin)));
  }

  private static byte[] event(long step, double time, ProtoBytes value) {
    ProtoBytes event = new ProtoBytes().number(WALL_TIME, time);
    if (step != 0) {
      event.integer(STEP, step);
    }
    return RecordFrame.of(event.message(SUMMARY, new ProtoBytes().message(1, value)).bytes());
  }

  /** A {@code google.protobuf.Value}. */
  private static ProtoBytes value(JsonNode value) {
    if (value.isNumber()) {
      return new ProtoBytes().number(2, value.doubleValue());
    }
    return value.isBoolean()
        ? new ProtoBytes().flag(4, value.booleanValue())
        : new ProtoBytes().text(3, value.asText());
  }
}
