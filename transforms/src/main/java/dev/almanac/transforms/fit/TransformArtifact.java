package dev.almanac.transforms.fit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.encode.CategoryEncoder;
import dev.almanac.transforms.encode.Encoder;
import dev.almanac.transforms.encode.LabelEncoder;
import dev.almanac.transforms.encode.NumericEncoder;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.LeftOut;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code transform.json}: a fitted transform as a file for people and programs.
 *
 * <p>Vocabularies of more than {@value WrittenEncoder#INLINE_ENTRIES} entries stand beside it in
 * files of one JSON object a line, whose sha-256 it holds. Equal transforms give equal bytes.
 */
final class TransformArtifact {
  static final int FORMAT_VERSION = 1;

  /**
   * The parts of a transform.
   *
   * @param reading how files of rows were read; null when the rows came from no file
   */
  record Content(
      CsvFormat reading,
      List<SourceColumn> inputs,
      List<RowFeature> features,
      List<NumericEncoder> numeric,
      List<CategoryEncoder> nominal,
      LabelEncoder label,
      List<String> keep,
      List<LeftOut> leftOut)
      implements Serializable {
    Content {
      inputs = List.copyOf(inputs);
      features = List.copyOf(features);
      numeric = List.copyOf(numeric);
      nominal = List.copyOf(nominal);
      keep = List.copyOf(keep);
      leftOut = leftOut == null ? List.of() : List.copyOf(leftOut);
    }

    /** Both kinds, the numeric ones first. */
    List<Encoder> encoders() {
      List<Encoder> both = new ArrayList<>(numeric);
      both.addAll(nominal);
      return List.copyOf(both);
    }
  }

  /** The file, key by key. */
  record Form(
      int formatVersion,
      String hash,
      CsvFormat reading,
      List<SourceColumn> inputs,
      List<RowFeature> features,
      List<NumericEncoder> numeric,
      List<ObjectNode> nominal,
      LabelEncoder label,
      List<String> keep,
      List<LeftOut> leftOut) {
    Form withHash(String changed) {
      return new Form(
          formatVersion,
          changed,
          reading,
          inputs,
          features,
          numeric,
          nominal,
          label,
          keep,
          leftOut);
    }
  }

  private TransformArtifact() {}

  /**
   * The hash that the file of this content holds.
   *
   * @throws IllegalArgumentException when a feature step is a function written in Java
   */
  static String hash(Content content) {
    content.features().forEach(RowFeature::json);
    return hashed(form(content)).hash();
  }

  static void write(Content content, String folder) throws IOException {
    content.features().forEach(RowFeature::json);
    Form form = hashed(form(content));
    for (int i = 0; i < content.nominal().size(); i++) {
      WrittenEncoder.writeVocabulary(content.nominal().get(i), i, folder);
    }
    Storage.writeText(Storage.resolve(folder, FittedTransform.FILE), Json.pretty(form));
  }

  static FittedTransform read(String folder) throws IOException {
    return read(form(folder), folder);
  }

  /** The transform that this process holds already, or reads and holds from now on. */
  static FittedTransform shared(String folder) throws IOException {
    Form form = form(folder);
    // Two workers that read at the same time would hold two.
    synchronized (SharedTransforms.class) {
      FittedTransform held = SharedTransforms.find(form.hash());
      if (held == null) {
        held = read(form, folder);
        SharedTransforms.hold(held);
      }
      return held;
    }
  }

  private static Form form(String folder) throws IOException {
    String path = Storage.resolve(folder, FittedTransform.FILE);
    if (!Storage.exists(path)) {
      throw new ForeseenException(
          "Cannot read transform %s: it has no %s".formatted(folder, FittedTransform.FILE));
    }
    String text = Storage.readText(path);
    int version = Json.tree(text, path).path("format-version").asInt();
    if (version != FORMAT_VERSION) {
      throw new ForeseenException(
          "Cannot read %s: this Almanac reads format-version %s (%s found)"
              .formatted(path, FORMAT_VERSION, version));
    }
    Form form = Json.read(text, Form.class, path);
    if (!hashed(form).hash().equals(form.hash())) {
      throw new ForeseenException(
          "Cannot read %s: it was changed after it was written (its hash does not fit)"
              .formatted(path));
    }
    return form;
  }

  private static FittedTransform read(Form form, String folder) throws IOException {
    List<CategoryEncoder> nominal = new ArrayList<>();
    for (ObjectNode encoder : form.nominal()) {
      nominal.add(WrittenEncoder.read(encoder, folder));
    }
    return FittedTransform.of(
        new Content(
            form.reading(),
            form.inputs(),
            form.features(),
            form.numeric(),
            nominal,
            form.label(),
            form.keep(),
            form.leftOut()),
        form.hash());
  }

  private static Form hashed(Form form) {
    return form.withHash(Json.sha256(form.withHash(null)));
  }

  private static Form form(Content content) {
    List<ObjectNode> nominal = new ArrayList<>();
    for (CategoryEncoder encoder : content.nominal()) {
      nominal.add(WrittenEncoder.of(encoder, nominal.size()));
    }
    return new Form(
        FORMAT_VERSION,
        null,
        content.reading(),
        content.inputs(),
        content.features(),
        content.numeric(),
        nominal,
        content.label(),
        content.keep(),
        content.leftOut().isEmpty() ? null : content.leftOut());
  }
}
