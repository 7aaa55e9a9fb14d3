package dev.almanac.transforms.reuse;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.DatasetFolder;
import dev.almanac.transforms.schema.infer.TypeInference;
import dev.almanac.transforms.spool.StagedFile;
import dev.almanac.transforms.staging.Staging;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a dataset keeps of the types in its source files when its schema was inferred from them: a
 * line a file in {@value #PATH}, so that the next inference reads only files that are new or
 * changed.
 *
 * @param folder that is written to, such as {@code source/} of a dataset in the making
 */
public record KeptTypes(String folder) implements Serializable {
  /** One file's types. */
  private record Line(String path, String types) {}

  static final String PATH = DatasetFolder.SOURCE + "/types.jsonl";

  /** Those in a dataset's folder. */
  public static KeptTypes in(String dataset) {
    return new KeptTypes(new DatasetFolder(dataset).source());
  }

  /** Keeps the types of files, one after the other, under the number of their chunk. */
  public void write(int chunk, Map<StoredFile, TypeInference> types) throws IOException {
    StagedFile staged =
        StagedFile.of(
            Storage.resolve(folder, String.format(Locale.ROOT, "files-types-%06d.jsonl", chunk)),
            Staging.attempt());
    Storage.write(
        staged.writing(),
        out -> {
          for (Map.Entry<StoredFile, TypeInference> entry : types.entrySet()) {
            Line line = new Line(entry.getKey().path(), entry.getValue().line());
            out.write((Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
          }
        });
    staged.finish();
  }

  /**
   * Copies the lines of files whose content is what it was, and takes these files out of the list.
   *
   * @param same the paths of those files
   * @param files those to find; what is left was changed since or is new
   * @return what is known of the files taken out
   */
  public TypeInference take(KeptTypes earlier, Set<String> same, List<StoredFile> files)
      throws IOException {
    Map<String, StoredFile> wanted = new LinkedHashMap<>();
    files.forEach(file -> wanted.put(file.path(), file));
    List<String> kept = new ArrayList<>();
    TypeInference known = TypeInference.none();
    if (!Storage.exists(earlier.path())) {
      return known;
    }
    try (BufferedReader lines = reader(earlier.path())) {
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        Line line = Json.read(text, Line.class, earlier.path());
        if (same.contains(line.path()) && wanted.remove(line.path()) != null) {
          known = known.merge(TypeInference.parse(line.types()));
          kept.add(text);
        }
      }
    }
    Storage.write(
        Storage.resolve(folder, "files-types-kept.jsonl"),
        out -> {
          for (String text : kept) {
            out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
          }
        });
    files.clear();
    files.addAll(wanted.values());
    return known;
  }

  /** Puts what was kept in parts into one file, in the order of the files' paths. */
  public void gather() throws IOException {
    List<StoredFile> parts = Storage.match(folder, "files-types-*.jsonl");
    if (parts.isEmpty()) {
      return;
    }
    Map<String, String> byPath = new TreeMap<>();
    for (StoredFile part : parts) {
      try (BufferedReader lines = reader(part.path())) {
        for (String text = lines.readLine(); text != null; text = lines.readLine()) {
          byPath.put(Json.read(text, Line.class, part.path()).path(), text);
        }
      }
    }
    Storage.write(
        path(),
        out -> {
          for (String text : byPath.values()) {
            out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
          }
        });
    Storage.delete(parts.stream().map(StoredFile::path).toList());
  }

  private String path() {
    return Storage.resolve(folder, Storage.name(PATH));
  }

  private static BufferedReader reader(String path) throws IOException {
    return new BufferedReader(new InputStreamReader(Storage.open(path), StandardCharsets.UTF_8));
  }
}
