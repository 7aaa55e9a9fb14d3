package dev.almanac.transforms.artifact;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** A finished dataset: its folder and what {@code dataset.json} says of it. */
public record Dataset(String folder, DatasetManifest manifest) {
  private static final Pattern STAMP = Pattern.compile("\\d{8}T\\d{6}Z(-\\d+)?");

  /**
   * Opens a dataset's folder, or the newest dataset of a folder that holds several.
   *
   * @throws IOException when there is none
   */
  public static Dataset open(String path) throws IOException {
    if (Storage.exists(Storage.resolve(path, DatasetManifest.FILE))) {
      return new Dataset(path, DatasetManifest.read(path));
    }
    String newest = null;
    for (StoredFile file : Storage.match(Storage.resolve(path, "*", DatasetManifest.FILE))) {
      String folder = file.path().substring(0, file.path().lastIndexOf('/'));
      if (STAMP.matcher(Storage.name(folder)).matches()
          && (newest == null || newest.compareTo(folder) < 0)) {
        newest = folder;
      }
    }
    if (newest == null) {
      throw new IOException(
          "Cannot open dataset %s: neither it nor a date-time-named folder in it holds %s; run `prepare` first"
              .formatted(path, DatasetManifest.FILE));
    }
    return new Dataset(newest, DatasetManifest.read(newest));
  }

  /** The full path of a file that the manifest names. */
  public String path(DatasetFile file) {
    return Storage.resolve(folder, file.path());
  }

  /**
   * Hashes the files of these splits again.
   *
   * @throws IOException naming the first file that is missing or differs
   */
  public void verify(List<Split> splits) throws IOException {
    for (Split split : splits) {
      for (DatasetFile file : manifest.files(split)) {
        verify(file);
      }
    }
  }

  private void verify(DatasetFile file) throws IOException {
    MessageDigest digest = Json.digest();
    long bytes = 0;
    try (InputStream in = Storage.open(path(file))) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        bytes += read;
      }
    }
    String sha256 = HexFormat.of().formatHex(digest.digest());
    if (!sha256.equals(file.sha256())) {
      throw new IOException(
          "Cannot use dataset %s: %s changed since %s was written (sha-256 %s, %d bytes; expected %s, %d bytes); run `prepare` again"
              .formatted(
                  folder,
                  file.path(),
                  DatasetManifest.FILE,
                  sha256,
                  bytes,
                  file.sha256(),
                  file.bytes()));
    }
  }
}
