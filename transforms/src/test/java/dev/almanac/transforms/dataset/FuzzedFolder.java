package dev.almanac.transforms.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** A folder of files of every kind under every name, and a pattern; knows what it made. */
final class FuzzedFolder {
  /** Names as bytes in Latin-1, so that any can be written. */
  private static final List<String> STEMS =
      List.of(
          "a",
          "b",
          "part-0",
          "a*b",
          "c?d",
          "e[1]",
          "f{g,h}",
          "h\\i",
          " j ",
          utf8("ü"),
          utf8("日本"),
          "%20",
          "new\nline",
          "-k",
          "._m",
          "_n",
          ".o",
          "~$p",
          "\u00FC",
          "x=1",
          "_x=2",
          utf8("e\u0301"));

  private static final List<String> ENDINGS =
      List.of(".csv", ".csv", ".csv", ".csv.gz", ".txt", ".CSV", "", ".csv.crc");

  private static final List<String> FOLDERS =
      List.of("2019", "q[1]", "x.csv", "_tmp", ".h", utf8("ü"), "k=v", "a b", "y.csv.gz");

  /** A pattern, and what it means: a path matches, or a folder of it does. */
  private record Question(String glob, String regex) {}

  private static final List<Question> QUESTIONS =
      List.of(
          new Question("*.csv", "[^/]*\\.csv"),
          new Question("*", "[^/]*"),
          new Question("**", ".*"),
          new Question("**/*.csv", "(.*/)?[^/]*\\.csv"),
          new Question("**.csv", "(.*/)?[^/]*\\.csv"),
          new Question("*.csv*", "[^/]*\\.csv[^/]*"),
          new Question("*.{csv,csv.gz}", "[^/]*\\.csv(\\.gz)?"),
          new Question("*/*", "[^/]*/[^/]*"),
          new Question("{2019,k=v}/*", "(2019|k=v)/[^/]*"),
          new Question("[a-f]*", "[a-f][^/]*"),
          new Question("[!a]*.csv", "[^/a][^/]*\\.csv"),
          new Question("?.csv", "[^/]\\.csv"),
          new Question("q\\[1\\]/*", "q\\[1\\]/[^/]*"),
          new Question("q[1]", "q\\[1\\]"),
          new Question("**/k=v/**/*.csv", "(.*/)?k=v/(.*/)?[^/]*\\.csv"),
          new Question("", ".*"));

  enum Kind {
    GOOD,
    GZIP,
    EMPTY,
    CUT_GZIP,
    LINK,
    DANGLING,
    SOCKET;

    boolean isFile() {
      return this != DANGLING && this != SOCKET;
    }
  }

  /** What is in a file. */
  record Content(String text, long rows, long lines, boolean isBroken) {}

  /** Something that is no folder. */
  record Entry(Path path, String relative, String shown, Kind kind) {
    boolean isNameable() {
      return !relative.contains("\u00FC")
          || relative.contains(utf8("ü")) && !relative.replace(utf8("ü"), "").contains("\u00FC");
    }

    boolean isBelowMarker() {
      return Arrays.stream(relative.split("/")).anyMatch(FuzzedFolder::isMarker);
    }
  }

  private final Path root;
  private final Random random;
  private final Question question;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Path, Content> contents = new TreeMap<>();
  private final Map<String, Path> folderLinks = new TreeMap<>();
  private final List<String> folders = new ArrayList<>(List.of(""));

  private FuzzedFolder(Path root, Random random) {
    this.root = root;
    this.random = random;
    this.question = QUESTIONS.get(random.nextInt(QUESTIONS.size()));
  }

  private static String utf8(String name) {
    return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static boolean isMarker(String name) {
    return name.startsWith(".")
        || name.startsWith("_") && !name.contains("=")
        || name.toLowerCase(Locale.ROOT).endsWith(".crc")
        || name.startsWith("~$");
  }

  static FuzzedFolder make(Path root, Random random) throws IOException {
    FuzzedFolder made = new FuzzedFolder(root, random);
    Files.createDirectories(root);
    for (int i = random.nextInt(4); i > 0; i--) {
      String above = made.folders.get(random.nextInt(made.folders.size()));
      String name = above + FOLDERS.get(random.nextInt(FOLDERS.size())) + "/";
      if (!Files.exists(made.at(name))) {
        Files.createDirectories(made.at(name));
        made.folders.add(name);
      }
    }
    for (int i = 1 + random.nextInt(7); i > 0; i--) {
      made.add();
    }
    if (random.nextInt(3) == 0) {
      made.linkFolder();
    }
    return made;
  }

  /** The file of a relative name in Latin-1. */
  private Path at(String relative) {
    StringBuilder uri = new StringBuilder(root.toUri().toString());
    if (uri.charAt(uri.length() - 1) != '/') {
      uri.append('/');
    }
    for (byte b : relative.getBytes(StandardCharsets.ISO_8859_1)) {
      uri.append(b == '/' ? "/" : "%%%02X".formatted(b));
    }
    return Path.of(URI.create(uri.toString()));
  }

  private void add() throws IOException {
    String name =
        folders.get(random.nextInt(folders.size()))
            + STEMS.get(random.nextInt(STEMS.size()))
            + ENDINGS.get(random.nextInt(ENDINGS.size()));
    Path path = at(name);
    if (Files.exists(path) || Files.isSymbolicLink(path)) {
      return;
    }
    int dice = random.nextInt(40);
    Kind kind =
        dice < 24
            ? Kind.GOOD
            : dice < 32
                ? Kind.GZIP
                : dice < 33
                    ? Kind.EMPTY
                    : dice < 34
                        ? Kind.CUT_GZIP
                        : dice < 38 ? Kind.LINK : dice < 39 ? Kind.DANGLING : Kind.SOCKET;
    List<Path> files = new ArrayList<>(contents.keySet());
    if (kind == Kind.LINK && files.isEmpty()) {
      kind = Kind.GOOD;
    }
    switch (kind) {
      case GOOD, GZIP, CUT_GZIP -> write(path, kind);
      case EMPTY -> {
        Files.createFile(path);
        contents.put(path, new Content("", 0, 0, true));
      }
      case LINK -> Files.createSymbolicLink(path, files.get(random.nextInt(files.size())));
      case DANGLING -> Files.createSymbolicLink(path, Path.of("nowhere"));
      case SOCKET -> {
        // A socket's path is bounded; its folder's is not ours to choose.
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
          socket.bind(UnixDomainSocketAddress.of(root.resolve("s")));
        }
        Files.move(root.resolve("s"), path);
      }
    }
    entries.add(new Entry(path, name, shown(name), kind));
  }

  private void write(Path path, Kind kind) throws IOException {
    StringBuilder text = new StringBuilder("day,note,size,label\n");
    int rows = random.nextInt(8);
    long lines = 1;
    int seed = random.nextInt(50);
    for (int row = 0; row < rows; row++) {
      boolean broken = random.nextInt(5) == 0;
      text.append("200%d-01-0%d,".formatted(random.nextInt(10), 1 + random.nextInt(9)));
      text.append(broken ? "\"two\nlines\"" : "n").append(",%d.5,%d\n".formatted(seed, row));
      lines += broken ? 2 : 1;
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (kind != Kind.GOOD) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(bytes);
      }
      bytes = packed.toByteArray();
    }
    if (kind == Kind.CUT_GZIP) {
      bytes = Arrays.copyOf(bytes, bytes.length - 1 - random.nextInt(bytes.length - 4));
    }
    Files.write(path, bytes);
    contents.put(path, new Content(text.toString(), rows, lines, kind == Kind.CUT_GZIP));
  }

  /** A link to a folder here, up, down or beside. */
  private void linkFolder() throws IOException {
    String above = folders.get(random.nextInt(folders.size()));
    String name = above + "link" + (random.nextBoolean() ? ".csv" : "");
    Path target = at(folders.get(random.nextInt(folders.size())));
    if (!Files.exists(at(name))) {
      Files.createSymbolicLink(at(name), target);
      folderLinks.put(name + "/", target);
    }
  }

  /** A name as it is told: bytes that are not UTF-8 as \xFC. */
  private String shown(String relative) {
    String escaped =
        relative
            .replace(utf8("ü"), "\u0001")
            .replace(utf8("日本"), "\u0002")
            .replace(utf8("e\u0301"), "\u0003");
    escaped = escaped.replace("\u00FC", "\\xFC");
    return root
        + "/"
        + escaped.replace("\u0001", "ü").replace("\u0002", "日本").replace("\u0003", "e\u0301");
  }

  String pattern() {
    return root + "/" + question.glob();
  }

  /** Whether what was asked for is this path, or a folder that it lies in. */
  private boolean matches(String relative) {
    String text =
        new String(relative.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    // Letters count as the same whether composed or not.
    return isOf(text) || isOf(Normalizer.normalize(text, Normalizer.Form.NFC));
  }

  private boolean isOf(String text) {
    Pattern pattern = Pattern.compile(question.regex(), Pattern.DOTALL);
    for (int end = text.indexOf('/'); end >= 0; end = text.indexOf('/', end + 1)) {
      if (pattern.matcher(text.substring(0, end)).matches()) {
        return true;
      }
    }
    return pattern.matcher(text).matches();
  }

  /** What matches without a linked folder. */
  List<Entry> matching() {
    return entries.stream().filter(entry -> matches(entry.relative())).toList();
  }

  /** Real files that match through linked folders, each link at most once on the way. */
  Set<Path> filesThroughLinks() {
    Set<Path> found = new HashSet<>();
    folderLinks.forEach(
        (link, target) -> {
          for (Entry entry : entries) {
            if (entry.path().startsWith(target) && entry.kind().isFile()) {
              String below =
                  target.equals(root) || at("").equals(target)
                      ? entry.relative()
                      : relativeTo(target, entry);
              String reached = link + below;
              boolean marker = Arrays.stream(reached.split("/")).anyMatch(FuzzedFolder::isMarker);
              if (matches(reached) && !marker && entry.isNameable()) {
                found.add(entry.path());
              }
            }
          }
        });
    return found;
  }

  private String relativeTo(Path folder, Entry entry) {
    for (String name : folders) {
      if (!name.isEmpty() && at(name).equals(folder)) {
        return entry.relative().substring(name.length());
      }
    }
    return entry.relative();
  }

  boolean isThroughFolderLink(String path) {
    return folderLinks.keySet().stream().anyMatch(link -> path.startsWith(shown(link)));
  }

  Path path(String shown) throws IOException {
    return at(utf8(shown.substring(root.toString().length() + 1)));
  }

  Content content(String shown) {
    try {
      return contents.get(path(shown).toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Cuts a file, lengthens it, writes over it, or puts another in its place. */
  void change(String shown, Random how) throws IOException {
    Path file = path(shown).toRealPath();
    byte[] bytes = Files.readAllBytes(file);
    FileTime time = Files.getLastModifiedTime(file);
    switch (how.nextInt(4)) {
      case 0 ->
          Files.write(file, Arrays.copyOf(bytes, Math.max(0, bytes.length - 1 - how.nextInt(5))));
      case 1 ->
          Files.write(
              file,
              "2001-01-01,n,1,1\n".getBytes(StandardCharsets.UTF_8),
              StandardOpenOption.APPEND);
      case 2 -> {
        Files.write(file, bytes, StandardOpenOption.WRITE);
        // Nobody can set back when the inode was written.
        Files.setLastModifiedTime(file, time);
      }
      default -> {
        Path other = root.resolve("other");
        Files.write(other, bytes);
        Files.setLastModifiedTime(other, time);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  void delete() throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path at, IOException e) throws IOException {
            Files.delete(at);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public String toString() {
    return "%s links %s".formatted(entries, folderLinks);
  }
}
