package dev.almanac.transforms.beam.coder;

import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;

/** What flows between stages that leave their rows in files: numbered lines of JSON. */
public final class Lines {
  private Lines() {}

  public static KvCoder<Integer, String> coder() {
    return KvCoder.of(VarIntCoder.of(), StringUtf8Coder.of());
  }

  public static <T> List<T> read(Iterable<String> lines, Class<T> type) throws IOException {
    List<T> values = new ArrayList<>();
    for (String line : lines) {
      values.add(Json.read(line, type, "a stage's result"));
    }
    return values;
  }
}
