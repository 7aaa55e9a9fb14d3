package dev.almanac.transforms.storage;

import dev.almanac.transforms.storage.match.Glob;
import dev.almanac.transforms.storage.match.GlobStates;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files of a local disk that match.
 *
 * <p>Links are entered after all real folders, and a folder once for each place in the pattern, so
 * that loops end and the result does not depend on the order of a listing. Not thread-safe.
 */
final class LocalMatches {
  /** A folder to look into. */
  private record Folder(Path path, String text, GlobStates states, boolean linked) {}

  /** A file that matches. */
  private record Found(StoredFile file, Object key, boolean linked) {}

  /** A folder that was looked into, and where in the pattern. */
  private record Visit(Object folder, GlobStates states) {}

  private final MatchRules rules;
  private final TreeMap<String, Found> files = new TreeMap<>();
  private final TreeMap<String, String> leftOut = new TreeMap<>();
  private final TreeSet<String> otherCase = new TreeSet<>();
  private final TreeSet<String> problems = new TreeSet<>();
  private final Map<Visit, String> visits = new HashMap<>();
  private final ArrayDeque<Folder> folders = new ArrayDeque<>();
  private List<Folder> links = new ArrayList<>();

  private LocalMatches(MatchRules rules) {
    this.rules = rules;
  }

  static Matches of(List<Glob> globs, MatchRules rules) throws IOException {
    LocalMatches matches = new LocalMatches(rules);
    for (Glob glob : globs) {
      matches.visits.clear();
      matches.find(glob);
    }
    return matches.conclude();
  }

  private void find(Glob glob) throws IOException {
    String root =
        glob.scheme().isEmpty() ? LocalDisk.workingFolder() : LocalNames.path("/").toString();
    Path at = LocalNames.path(root);
    String text = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    GlobStates states = GlobStates.start(glob.segments());
    // Names that are written out are not listed: their folders may be unreadable, or a million.
    while (states.only() != null) {
      String name = states.only();
      states = states.then(name, false);
      if (name.equals("..")) {
        at = at.toRealPath().resolve("..").normalize();
        text = LocalNames.shown(at);
        text = text.equals("/") ? "" : text;
        continue;
      }
      at = LocalNames.child(at, name);
      text = text + "/" + name;
      if (states.hasMatched()) {
        add(at, text, states, false);
      } else if (!Files.exists(at)) {
        return;
      }
    }
    if (!states.hasMatched()) {
      folders.add(new Folder(at, text, states, false));
    }
    while (!folders.isEmpty() || !links.isEmpty()) {
      if (folders.isEmpty()) {
        List<Folder> linked = new ArrayList<>(links);
        linked.sort(Comparator.comparing(Folder::text));
        links = new ArrayList<>(linked.subList(1, linked.size()));
        folders.add(linked.get(0));
      }
      list(folders.poll());
    }
  }

  private void list(Folder folder) throws IOException {
    String before = visits.putIfAbsent(visit(folder), folder.text());
    if (before != null) {
      if (rules.sources() && folder.linked()) {
        leftOut.put(folder.text(), "link to a folder that is read as " + before);
      }
      return;
    }
    List<Path> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.path())) {
      entries.forEach(names::add);
    } catch (NotDirectoryException | NoSuchFileException gone) {
      return;
    } catch (AccessDeniedException denied) {
      addOther(folder.text(), folder.states(), "permission to list the folder is denied");
      return;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    for (Path path : names) {
      String name = LocalNames.shown(path.getFileName());
      GlobStates states =
          folder.states().then(LocalNames.matched(path.getFileName()), rules.sources());
      if (!states.isDead()) {
        add(path, folder.text() + "/" + name, states, folder.linked());
      }
      if (rules.sources()
          && !states.hasMatched()
          && folder.states().matchesInAnyCase(LocalNames.matched(path.getFileName()))
          && Files.isRegularFile(path)) {
        otherCase.add(folder.text() + "/" + name);
      }
    }
  }

  private Visit visit(Folder folder) throws IOException {
    try {
      return new Visit(
          key(folder.path(), Files.readAttributes(folder.path(), BasicFileAttributes.class)),
          folder.states());
    } catch (IOException gone) {
      return new Visit(folder.text(), folder.states());
    }
  }

  private static Object key(Path path, BasicFileAttributes attributes) throws IOException {
    return attributes.fileKey() == null ? path.toRealPath() : attributes.fileKey();
  }

  private void add(Path path, String text, GlobStates states, boolean linked) throws IOException {
    boolean isLink;
    BasicFileAttributes file;
    try {
      file = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      isLink = file.isSymbolicLink();
    } catch (NoSuchFileException | NotDirectoryException gone) {
      return;
    } catch (AccessDeniedException denied) {
      problem(text, "permission to look at it is denied");
      return;
    }
    if (isLink) {
      try {
        file = Files.readAttributes(path, BasicFileAttributes.class);
      } catch (IOException nowhere) {
        if (states.hasMatched()) {
          addOther(
              text,
              states,
              "it is a link whose target is gone; bring the target back, or remove the link");
        }
        return;
      }
    }
    if (file.isDirectory()) {
      if (!isLink) {
        folders.add(new Folder(path, text, states, linked));
      } else if (rules.followsLinks()) {
        links.add(new Folder(path, text, states, true));
      }
    } else if (!states.hasMatched()) {
      return;
    } else if (states.leftOut() != null) {
      leftOut.putIfAbsent(text, states.leftOut());
    } else if (!file.isRegularFile()) {
      addOther(text, states, "it is a pipe, a device or a socket and not a file");
    } else if (LocalNames.text(path) == null) {
      addOther(
          text,
          states,
          "its name is not UTF-8 (the bytes behind \\x); rename it, for example by convmv");
    } else {
      files.put(text, new Found(LocalDisk.file(text, file), key(path, file), linked));
    }
  }

  private void addOther(String text, GlobStates states, String why) {
    if (states.leftOut() != null) {
      leftOut.putIfAbsent(text, states.leftOut());
    } else {
      problem(text, why);
    }
  }

  private void problem(String text, String why) {
    if (rules.sources()) {
      problems.add("Cannot read %s: %s".formatted(text, why));
    }
  }

  private Matches conclude() {
    Map<Object, Found> kept = new HashMap<>();
    files.values().stream()
        .sorted(Comparator.comparing(Found::linked).thenComparing(found -> found.file().path()))
        .forEach(found -> kept.putIfAbsent(found.key(), found));
    Set<String> again = new HashSet<>();
    for (Found found : files.values()) {
      Found first = kept.get(found.key());
      if (rules.sources() && found.linked() && first != found) {
        again.add(found.file().path());
        leftOut.put(
            found.file().path(),
            "the same file as %s, through a linked folder".formatted(first.file().path()));
      }
    }
    files.keySet().removeAll(again);
    leftOut.keySet().removeAll(files.keySet());
    otherCase.removeAll(files.keySet());
    otherCase.removeAll(leftOut.keySet());
    return new Matches(
        files.values().stream().map(Found::file).toList(),
        leftOut,
        List.copyOf(otherCase),
        List.copyOf(problems));
  }
}
