package io.defradb.graphql;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the reference node answered: files kept in {@code golden/graphql}, and the whole records in
 * the folders beside the golden vectors when they are there.
 */
final class Recorded {
  static final JsonMapper JSON = JsonMapper.builder().build();

  private Recorded() {}

  static String kept(String file) {
    try (InputStream in = Recorded.class.getResourceAsStream("/golden/graphql/" + file)) {
      if (in == null) {
        throw new IllegalStateException("no " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode keptJson(String file) {
    return parse(kept(file));
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file or folder beside that of the vectors. */
  static Optional<Path> beside(String path) {
    String vectors = System.getProperty("vectors", "");
    Path found = Path.of(vectors).toAbsolutePath().resolveSibling(path);
    return vectors.isEmpty() || !Files.exists(found) ? Optional.empty() : Optional.of(found);
  }

  static Map<String, Object> variables(@Nullable JsonNode node) {
    return node == null || !node.isObject()
        ? Map.of()
        : JSON.convertValue(node, new TypeReference<Map<String, Object>>() {});
  }
}
