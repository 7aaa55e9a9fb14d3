package dev.almanac.transforms.storage.match;

import java.util.BitSet;
import java.util.List;

/**
 * The places in a pattern that the names of a path have reached so far.
 *
 * @param at the names of the pattern that the next name may be; their count stands for all below
 *     what has matched
 * @param leftOut why what lies here is no data though it matches; null when it may be
 */
public record GlobStates(List<GlobSegment> pattern, BitSet at, String leftOut) {
  public static GlobStates start(List<GlobSegment> pattern) {
    BitSet at = new BitSet();
    at.set(0);
    return new GlobStates(pattern, closed(pattern, at), null);
  }

  private static BitSet closed(List<GlobSegment> pattern, BitSet at) {
    for (int i = at.nextSetBit(0); i >= 0 && i < pattern.size(); i = at.nextSetBit(i + 1)) {
      if (pattern.get(i).isFolders()) {
        at.set(i + 1);
      }
    }
    return at;
  }

  /**
   * Behind one more name.
   *
   * @param sources whether markers and hidden files are told from data, and a folder that matches
   *     stands for what is in it
   */
  public GlobStates then(String name, boolean sources) {
    BitSet next = new BitSet();
    boolean meant = false;
    for (int i = at.nextSetBit(0); i >= 0; i = at.nextSetBit(i + 1)) {
      if (i == pattern.size()) {
        next.set(i, sources || next.get(i));
      } else if (pattern.get(i).isFolders()) {
        next.set(i);
      } else if (pattern.get(i).matches(name)) {
        next.set(i + 1);
        meant |= pattern.get(i).means(name);
      }
    }
    String reason = leftOut == null && sources && !meant ? Markers.reason(name) : leftOut;
    return new GlobStates(pattern, closed(pattern, next), reason);
  }

  /**
   * Whether a file of this name would be data that matches if upper and lower case did not count.
   */
  public boolean matchesInAnyCase(String name) {
    int last = pattern.size() - 1;
    return leftOut == null
        && at.get(last)
        && pattern.get(last).matchesInAnyCase(name)
        && Markers.reason(name) == null;
  }

  /** Whether no path below can match. */
  public boolean isDead() {
    return at.isEmpty();
  }

  /** Whether the path so far, or a folder of it, matches. */
  public boolean hasMatched() {
    return at.get(pattern.size());
  }

  /** The one name that can follow; null when there may be several. */
  public String only() {
    int i = at.nextSetBit(0);
    return i >= 0 && i < pattern.size() && at.cardinality() == 1 ? pattern.get(i).name() : null;
  }
}
