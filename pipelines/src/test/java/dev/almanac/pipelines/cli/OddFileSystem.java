package dev.almanac.pipelines.cli;

import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.FileSystemRegistrar;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;

/** Storage of the scheme {@code odd}, which breaks as nobody foresaw. */
final class OddFileSystem extends FileSystem<ResourceId> {
  /** Brings it along. */
  public static final class Registrar implements FileSystemRegistrar {
    @Override
    public Iterable<FileSystem<?>> fromOptions(PipelineOptions options) {
      return List.of(new OddFileSystem());
    }
  }

  private static IllegalStateException odd() {
    return new IllegalStateException("odd");
  }

  @Override
  protected List<MatchResult> match(List<String> specs) {
    throw odd();
  }

  @Override
  protected WritableByteChannel create(ResourceId id, CreateOptions options) {
    throw odd();
  }

  @Override
  protected ReadableByteChannel open(ResourceId id) {
    throw odd();
  }

  @Override
  protected void copy(List<ResourceId> from, List<ResourceId> to) {
    throw odd();
  }

  @Override
  protected void rename(List<ResourceId> from, List<ResourceId> to, MoveOptions... options) {
    throw odd();
  }

  @Override
  protected void delete(Collection<ResourceId> ids) {
    throw odd();
  }

  @Override
  protected ResourceId matchNewResource(String spec, boolean isDirectory) {
    throw odd();
  }

  @Override
  protected String getScheme() {
    return "odd";
  }
}
