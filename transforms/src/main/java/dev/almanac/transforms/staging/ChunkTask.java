package dev.almanac.transforms.staging;

import dev.almanac.transforms.source.SourceChunk;
import java.io.Serializable;
import java.util.Map;

/**
 * A chunk of the source and what an earlier dataset kept of it: what one worker stages.
 *
 * @param kept by the position of a range in the chunk; ranges that are not in it must be read
 */
public record ChunkTask(SourceChunk chunk, Map<Integer, KeptRange> kept) implements Serializable {
  public ChunkTask {
    kept = Map.copyOf(kept);
  }

  /** A chunk all of which must be read. */
  public static ChunkTask of(SourceChunk chunk) {
    return new ChunkTask(chunk, Map.of());
  }
}
