package dev.almanac.training.export;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.LongAppender;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.column.TextHash;
import java.nio.DoubleBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real ONNX Runtime, fed with the columns of a batch. */
final class OnnxRuntime implements AutoCloseable {
  private static final Pattern RULE =
      Pattern.compile(
          "MurmurHash3 x86_32 with seed (-?\\d+) of the text's UTF-8 bytes, unsigned, modulo (\\d+)");

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  OnnxRuntime(byte[] file) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      session = environment.createSession(file, options);
    }
  }

  List<String> inputNames() {
    return List.copyOf(session.getInputNames());
  }

  List<String> outputNames() {
    return List.copyOf(session.getOutputNames());
  }

  Map<String, String> metadata() throws OrtException {
    return session.getMetadata().getCustomMetadata();
  }

  /** The outputs by name: an array for each row. */
  Map<String, Object> run(List<ExportedModel.Input> inputs, ColumnBatch computed)
      throws OrtException {
    Map<String, OnnxTensor> fed = new LinkedHashMap<>();
    try {
      for (ExportedModel.Input input : inputs) {
        fed.put(input.name(), tensor(input, computed));
      }
      Map<String, Object> outputs = new LinkedHashMap<>();
      try (OrtSession.Result result = session.run(fed)) {
        for (var output : result) {
          outputs.put(output.getKey(), output.getValue().getValue());
        }
      }
      return outputs;
    } finally {
      fed.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(ExportedModel.Input input, ColumnBatch computed) throws OrtException {
    Column column = input.rule() == null ? computed.column(input.name()) : buckets(input, computed);
    long[] shape = {computed.rows(), 1};
    if (input.type().equals("double")) {
      double[] cells = new double[computed.rows()];
      for (int row = 0; row < cells.length; row++) {
        cells[row] =
            column.isNull(row)
                ? Double.NaN
                : column instanceof StringColumn texts
                    ? Double.parseDouble(texts.value(row))
                    : column instanceof LongColumn integers
                        ? integers.values()[row]
                        : ((DoubleColumn) column).values()[row];
      }
      return OnnxTensor.createTensor(environment, DoubleBuffer.wrap(cells), shape);
    }
    StringColumn texts = column.asText();
    String[] cells = new String[computed.rows()];
    for (int row = 0; row < cells.length; row++) {
      cells[row] = texts.isNull(row) ? "" : texts.value(row);
    }
    return OnnxTensor.createTensor(environment, cells, shape);
  }

  /** What the rule of an input says, as a program that only has the file would compute it. */
  private static Column buckets(ExportedModel.Input input, ColumnBatch computed) {
    Matcher rule = RULE.matcher(input.rule());
    assertTrue(rule.matches(), input.rule());
    TextHash hash = new TextHash(Integer.parseInt(rule.group(1)));
    int buckets = Integer.parseInt(rule.group(2));
    StringColumn texts =
        computed.column(input.name().substring(0, input.name().lastIndexOf('.'))).asText();
    LongAppender numbers = new LongAppender();
    for (int row = 0; row < texts.rows(); row++) {
      if (texts.isNull(row)) {
        numbers.appendNull();
      } else {
        numbers.append(hash.bucket(texts.value(row), buckets));
      }
    }
    return numbers.build();
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
