package dev.almanac.transforms.storage;

import dev.almanac.transforms.storage.match.Glob;
import dev.almanac.transforms.storage.match.GlobSegment;
import dev.almanac.transforms.storage.match.GlobStates;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * The files of a remote store that match: Beam lists what may, by a pattern of its own that matches
 * at least as much and is as narrow as it can be; ours decides.
 */
final class RemoteMatches {
  /** How often a listing that is empty is asked for before that is believed. */
  private static final int EMPTY_LISTINGS = 3;

  private RemoteMatches() {}

  static Matches of(List<Glob> globs, MatchRules rules) throws IOException {
    TreeMap<String, StoredFile> files = new TreeMap<>();
    TreeMap<String, String> leftOut = new TreeMap<>();
    for (Glob glob : globs) {
      // Beam's S3 finds nothing at all when one file of many goes between its listing and its look.
      List<StoredFile> listed = List.of();
      for (int listing = 0; listed.isEmpty() && listing < EMPTY_LISTINGS; listing++) {
        listed = Tries.of("list " + beam(glob), () -> list(glob, rules));
      }
      for (StoredFile file : listed) {
        GlobStates states = GlobStates.start(glob.segments());
        for (String name : file.path().substring(glob.scheme().length()).split("/")) {
          if (!name.isEmpty()) {
            states = states.then(name, rules.sources());
          }
        }
        if (states.hasMatched() && states.leftOut() == null) {
          files.put(file.path(), file);
        } else if (states.hasMatched()) {
          leftOut.put(file.path(), states.leftOut());
        }
      }
    }
    leftOut.keySet().removeAll(files.keySet());
    return new Matches(List.copyOf(files.values()), leftOut, List.of(), List.of());
  }

  private static String beam(Glob glob) {
    StringBuilder beam = new StringBuilder(glob.scheme());
    for (int i = 0; i < glob.segments().size(); i++) {
      GlobSegment segment = glob.segments().get(i);
      boolean afterFolders = i > 0 && glob.segments().get(i - 1).isFolders();
      // Beam's own ** wants a slash behind it, ours may stand for no folder.
      beam.append(i == 0 || afterFolders ? "" : "/").append(segment.beam());
    }
    return beam.toString();
  }

  private static List<StoredFile> list(Glob glob, MatchRules rules) throws IOException {
    List<StoredFile> files = new ArrayList<>();
    String beam = beam(glob);
    boolean isBucket = glob.segments().size() == 1;
    if (!isBucket) {
      files.addAll(literal(glob) == null ? list(beam) : look(literal(glob)));
    }
    if (rules.sources()) {
      files.addAll(list(beam + "/**"));
    }
    return files;
  }

  /** The path, when the pattern stands for one alone. */
  private static String literal(Glob glob) {
    if (glob.segments().stream().anyMatch(segment -> segment.name() == null)) {
      return null;
    }
    return glob.scheme()
        + String.join("/", glob.segments().stream().map(GlobSegment::name).toList());
  }

  private static List<StoredFile> look(String path) throws IOException {
    try {
      return List.of(Storage.look(path));
    } catch (FileNotFoundException nothing) {
      return List.of();
    }
  }

  private static List<StoredFile> list(String beam) throws IOException {
    List<StoredFile> files = new ArrayList<>();
    for (MatchResult.Metadata found : metadata(beam)) {
      files.add(
          new StoredFile(
              found.resourceId().toString(),
              found.sizeBytes(),
              Math.max(0, found.lastModifiedMillis())));
    }
    return files;
  }

  /** What Beam finds by a pattern of Beam's, folders apart. */
  private static List<MatchResult.Metadata> metadata(String beam) throws IOException {
    try {
      return FileSystems.match(beam, EmptyMatchTreatment.ALLOW).metadata().stream()
          .filter(found -> !found.resourceId().isDirectory())
          .toList();
    } catch (FileNotFoundException nothing) {
      return List.of();
    }
  }

  /** What the store says of one file: none when there is none, whatever is in its name. */
  static List<MatchResult.Metadata> exactly(String path) throws IOException {
    return metadata(GlobSegment.beamPath(path)).stream()
        .filter(found -> found.resourceId().toString().equals(path))
        .toList();
  }
}
