package dev.almanac.pipelines.work.study;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.almanac.training.lease.Lease;
import dev.almanac.training.search.StudyRecord;
import java.io.IOException;

/** How far a study is. */
public enum StudyState {
  /** Some process searches. */
  RUNNING("running"),
  /** It came to the end that its budget set. */
  ENDED("ended"),
  /** Nobody searches, and the same command goes on. */
  STOPPED("stopped");

  private final String text;

  StudyState(String text) {
    this.text = text;
  }

  @JsonValue
  public String text() {
    return text;
  }

  static StudyState of(StudyRecord study) throws IOException {
    if (Lease.holder(study.folder()).isPresent()) {
      return RUNNING;
    }
    return study.ended() == null ? STOPPED : ENDED;
  }
}
