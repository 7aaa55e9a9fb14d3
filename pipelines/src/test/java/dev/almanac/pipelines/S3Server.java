package dev.almanac.pipelines;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;

/** An S3 server on loopback that keeps its buckets in a folder; the real AWS SDK talks to it. */
public final class S3Server implements AutoCloseable {
  private static final String KEY = "local-identity";
  private static final String SECRET = "local-credential";

  private final BlobStoreContext store;
  private final S3Proxy proxy;

  /** Starts on a free port, with one empty bucket. */
  public S3Server(Path folder, String bucket) throws IOException {
    Files.createDirectories(folder);
    Properties settings = new Properties();
    settings.setProperty("jclouds.filesystem.basedir", folder.toString());
    this.store =
        ContextBuilder.newBuilder("filesystem")
            .credentials("identity", "credential")
            .overrides(settings)
            .build(BlobStoreContext.class);
    store.getBlobStore().createContainerInLocation(null, bucket);
    this.proxy =
        S3Proxy.builder()
            .blobStore(store.getBlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY, SECRET)
            .ignoreUnknownHeaders(true)
            .build();
    try {
      proxy.start();
    } catch (Exception e) {
      throw new IOException("Cannot start the S3 server", e);
    }
  }

  public int port() {
    return proxy.getPort();
  }

  /** The Beam options with which a pipeline finds this server. */
  public List<String> beamOptions() {
    return beamOptions(port());
  }

  /** The Beam options with which a pipeline finds this server behind another port. */
  public List<String> beamOptions(int port) {
    return List.of(
        "--awsRegion=us-east-1",
        "--endpoint=http://127.0.0.1:" + port,
        "--awsCredentialsProvider={\"@type\":\"StaticCredentialsProvider\",\"accessKeyId\":\"%s\",\"secretAccessKey\":\"%s\"}"
            .formatted(KEY, SECRET));
  }

  @Override
  public void close() throws IOException {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IOException("Cannot stop the S3 server", e);
    }
    store.close();
  }
}
