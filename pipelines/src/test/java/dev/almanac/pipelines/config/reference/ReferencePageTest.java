package dev.almanac.pipelines.config.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.pipelines.Launched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The page of the repository is that of the readers. After a change of theirs {@code
 * -Dalmanac.expected.write=true} writes it anew.
 */
class ReferencePageTest {
  @Test
  void thePageIsCurrent() throws IOException {
    Path page = Launched.ROOT.resolve("CONFIG.md");
    String text = new ReferencePage(ConfigReference.ofReaders()).text();
    if (Boolean.getBoolean("almanac.expected.write")) {
      Files.writeString(page, text);
    }
    assertEquals(text, Files.readString(page));
  }
}
