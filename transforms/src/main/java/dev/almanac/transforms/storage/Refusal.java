package dev.almanac.transforms.storage;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What S3 or its client refuses for want of a setting: the same request would get the same answer.
 *
 * <p>The client's own classes are not on this module's class path; their texts are stable.
 *
 * @param sign in the message of the failure or of one of its causes
 * @param reason said in place of the client's, which lists all that it tried; null to give its own
 * @param advice what to set
 */
record Refusal(Pattern sign, String reason, String advice) {
  private static final String REGION =
      "say which by `-- --awsRegion=eu-west-1` (the bucket's own) or AWS_REGION=eu-west-1";

  private static final String CREDENTIALS =
      "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE for a profile in ~/.aws, or give them by `-- --awsCredentialsProvider=...`";

  private static final List<Refusal> ALL =
      List.of(
          of("Unable to load region", "no region is known for S3", REGION),
          of("Unable to load credentials", "no credentials are known for S3", CREDENTIALS),
          of("Status Code: 301|the region '.*' is wrong", null, "the region is another: " + REGION),
          of(
              "provided token has expired|token included in the request is expired",
              null,
              "the credentials have expired: " + CREDENTIALS),
          of(
              "Status Code: 40[13]",
              null,
              "the credentials do not allow it, or the bucket is another's: correct the path, or "
                  + CREDENTIALS),
          of("specified bucket does not exist|NoSuchBucket", null, "correct the bucket's name"));

  private static Refusal of(String sign, String reason, String advice) {
    return new Refusal(Pattern.compile(sign), reason, advice);
  }

  /** The one that a failure comes from; null when it is none. */
  static Refusal in(Throwable failure) {
    for (Refusal refusal : ALL) {
      for (Throwable at = failure; at != null; at = at.getCause()) {
        if (refusal.sign.matcher(String.valueOf(at.getMessage())).find()) {
          return refusal;
        }
      }
    }
    return null;
  }

  /** For a person. */
  String told(Throwable failure) {
    return "%s; %s".formatted(reason == null ? Tries.reason(failure) : reason, advice);
  }
}
