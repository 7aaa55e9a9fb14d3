package dev.almanac.transforms.dataset;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.schema.TypeInference;
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
import java.util.Map;

/**
 * What a dataset keeps of the types in its source files when its schema was inferred from them: a
 * line a file in {@code source/files-*.jsonl}, so that the next inference reads only files that are
 * new or changed.
 *
 * @param folder that is written to, such as {@code source/} of a dataset in the making
 */
public record KeptTypes(String folder) implements Serializable {
  /** One file's types. */
  private record Line(StoredFile file, String types) {}

  /** Those in a dataset's folder. */
  public static KeptTypes in(String dataset) {
    return new KeptTypes(Storage.resolve(dataset, KeptSource.FOLDER));
  }

  /** Keeps the types of files, one after the other, under the number of their chunk. */
  public void write(int chunk, Map<StoredFile, TypeInference> types) throws IOException {
    StagedFile staged =
        StagedFile.of(
            Storage.resolve(folder, "files-types-%06d.jsonl".formatted(chunk)), Staging.attempt());
    Storage.write(
        staged.writing(),
        out -> {
          for (Map.Entry<StoredFile, TypeInference> entry : types.entrySet()) {
            Line line = new Line(entry.getKey(), entry.getValue().line());
            out.write((Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
          }
        });
    staged.finish();
  }

  /**
   * Copies the lines of files that did not change since, and takes these files out of the list.
   *
   * @param files those to find; what is left was written since or is new
   * @return what is known of the files taken out
   */
  public TypeInference take(KeptTypes earlier, List<StoredFile> files) throws IOException {
    Map<String, StoredFile> wanted = new LinkedHashMap<>();
    files.forEach(file -> wanted.put(file.path(), file));
    List<String> kept = new ArrayList<>();
    TypeInference known = TypeInference.none();
    for (StoredFile source :
        Storage.match(Storage.resolve(earlier.folder, "files-types-*.jsonl"))) {
      try (BufferedReader lines = reader(source.path())) {
        for (String text = lines.readLine(); text != null; text = lines.readLine()) {
          Line line = Json.read(text, Line.class, source.path());
          StoredFile now = wanted.get(line.file().path());
          if (now != null && now.modified() != 0 && now.equals(line.file())) {
            known = known.merge(TypeInference.parse(line.types()));
            wanted.remove(now.path());
            kept.add(text);
          }
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

  private static BufferedReader reader(String path) throws IOException {
    return new BufferedReader(new InputStreamReader(Storage.open(path), StandardCharsets.UTF_8));
  }
}
