package io.defradb.testing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Golden vectors made by the reference node: the folder of the system property {@code vectors} when
 * it is there, else the small set kept as test resources under {@code golden/}.
 */
public final class Vectors {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private Vectors() {}

  /** The cases of {@code <name>.json}, in file order; numbers exact. */
  public static List<JsonNode> cases(String name) {
    List<JsonNode> cases = new ArrayList<>();
    read(name + ".json").get("cases").forEach(cases::add);
    return cases;
  }

  /** The whole of {@code <name>.json}, which may stand in a folder: {@code net/yamux}. */
  public static JsonNode file(String name) {
    return read(name + ".json");
  }

  private static JsonNode read(String file) {
    Path path = Path.of(System.getProperty("vectors", "")).resolve(file);
    try (InputStream kept = Vectors.class.getResourceAsStream("/golden/" + file)) {
      if (kept == null) { // even where the folder is there: elsewhere the test would fail
        throw new IllegalStateException("no vectors " + file + " in the repository");
      }
      return Files.isRegularFile(path) ? JSON.readTree(path.toFile()) : JSON.readTree(kept);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
