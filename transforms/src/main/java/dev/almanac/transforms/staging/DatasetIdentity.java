package dev.almanac.transforms.staging;

import dev.almanac.transforms.manifest.DatasetManifest;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * What a dataset says of itself beside its content.
 *
 * @param name the config's name
 * @param configHash sha-256 of the parts of the config that the bytes depend on
 * @param schemaHash sha-256 of the source's schema
 * @param created ISO-8601 instant in UTC
 * @param almanac version of the program
 * @param gitCommit of the program; null when unknown
 * @param runner the engine
 */
public record DatasetIdentity(
    String name,
    String configHash,
    String schemaHash,
    String created,
    String almanac,
    String gitCommit,
    String runner,
    String host)
    implements Serializable {

  public DatasetManifest.Made made() {
    return new DatasetManifest.Made(
        created,
        new DatasetManifest.MadeBy(
            almanac, gitCommit, runner, System.getProperty("java.version"), host));
  }

  /** The name of this machine, or {@code unknown}. */
  public static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "unknown";
    }
  }
}
