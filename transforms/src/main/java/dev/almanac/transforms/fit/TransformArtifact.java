package dev.almanac.transforms.fit;

import com.fasterxml.jackson.databind.JsonNode;
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
  static final int FORMAT_VERSION = 2;
  private static final String VERSION_KEY = "format-version";
  private static final String HASH_KEY = "hash";

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

  /** The file but its version and its hash, key by key. */
  private record Body(
      CsvFormat reading,
      List<SourceColumn> inputs,
      List<RowFeature> features,
      List<NumericEncoder> numeric,
      List<ObjectNode> nominal,
      LabelEncoder label,
      List<String> keep,
      List<LeftOut> leftOut) {}

  /** The file. */
  private record Form(Body body, String hash) {
    /** With the hash that it should have. */
    static Form of(Body body) {
      return new Form(body, Json.sha256(json(body, null)));
    }

    ObjectNode json() {
      return json(body, hash);
    }

    private static ObjectNode json(Body body, String hash) {
      ObjectNode json = Json.mapper().createObjectNode();
      json.put(VERSION_KEY, FORMAT_VERSION);
      if (hash != null) {
        json.put(HASH_KEY, hash);
      }
      return json.setAll((ObjectNode) Json.mapper().valueToTree(body));
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
    return Form.of(body(content)).hash();
  }

  static void write(Content content, String folder) throws IOException {
    content.features().forEach(RowFeature::json);
    Form form = Form.of(body(content));
    for (int i = 0; i < content.nominal().size(); i++) {
      WrittenEncoder.writeVocabulary(content.nominal().get(i), i, folder);
    }
    Storage.writeText(Storage.resolve(folder, FittedTransform.FILE), Json.pretty(form.json()));
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
    JsonNode tree = Json.tree(text, path);
    int version = tree.path(VERSION_KEY).asInt();
    if (version != FORMAT_VERSION) {
      throw new ForeseenException(
          "Cannot read %s: this Almanac reads format-version %s (%s found)"
              .formatted(path, FORMAT_VERSION, version));
    }
    ObjectNode json = (ObjectNode) tree;
    json.remove(VERSION_KEY);
    String hash = json.path(HASH_KEY).textValue();
    json.remove(HASH_KEY);
    Form form = Form.of(Json.read(Json.line(json), Body.class, path));
    if (!form.hash().equals(hash)) {
      throw new ForeseenException(
          "Cannot read %s: it was changed after it was written (its hash does not fit)"
              .formatted(path));
    }
    return form;
  }

  private static FittedTransform read(Form form, String folder) throws IOException {
    List<CategoryEncoder> nominal = new ArrayList<>();
    Body body = form.body();
    for (ObjectNode encoder : body.nominal()) {
      nominal.add(WrittenEncoder.read(encoder, folder));
    }
    return FittedTransform.of(
        new Content(
            body.reading(),
            body.inputs(),
            body.features(),
            body.numeric(),
            nominal,
            body.label(),
            body.keep(),
            body.leftOut()),
        form.hash());
  }

  private static Body body(Content content) {
    List<ObjectNode> nominal = new ArrayList<>();
    for (CategoryEncoder encoder : content.nominal()) {
      nominal.add(WrittenEncoder.of(encoder, nominal.size()));
    }
    return new Body(
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
