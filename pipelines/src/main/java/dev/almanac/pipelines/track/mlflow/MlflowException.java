package dev.almanac.pipelines.track.mlflow;

import dev.almanac.transforms.problem.ForeseenException;

/** A tracking server refused a request. */
final class MlflowException extends ForeseenException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /**
   * @param status of HTTP
   * @param code such as {@code RESOURCE_DOES_NOT_EXIST}; empty when it named none
   */
  MlflowException(String server, String call, int status, String code, String message) {
    super(
        "Cannot show runs in MLflow at %s: %s was answered by %s%s"
            .formatted(
                server,
                call,
                (status + " " + code).strip(),
                message.isEmpty() ? "" : " (" + message + ")"));
    this.status = status;
    this.code = code;
  }

  boolean isMissing() {
    return code.equals("RESOURCE_DOES_NOT_EXIST") || code.isEmpty() && status == 404;
  }

  boolean isThereAlready() {
    return code.equals("RESOURCE_ALREADY_EXISTS");
  }

  /** Whether the same request would be refused again, whoever asked and whenever. */
  boolean isForGood() {
    return status == 400 || status == 413 || status == 415 || status == 422;
  }
}
