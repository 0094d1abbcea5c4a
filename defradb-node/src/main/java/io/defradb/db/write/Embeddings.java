package io.defradb.db.write;

import io.defradb.document.Value;
import io.defradb.embedding.Embedder;
import io.defradb.embedding.SourceText;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.CollectionVersion.VectorEmbedding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Adds vectors to what is written: one is made anew when a field that it is made of is written, and
 * never when it is itself given.
 */
final class Embeddings {
  private final Embedder embedder;

  Embeddings(Embedder embedder) {
    this.embedder = embedder;
  }

  /**
   * The vectors to write beside {@code written}, as users would give them.
   *
   * @param before the value of a field so far; null for what is unset
   */
  Map<String, Value> made(
      CollectionVersion collection,
      Map<String, FieldInput.Written> written,
      Function<String, Value> before) {
    Map<String, Value> made = new LinkedHashMap<>();
    for (VectorEmbedding embedding : collection.vectorEmbeddings()) {
      boolean isWanted =
          !written.containsKey(embedding.fieldName())
              && embedding.fields().stream().anyMatch(written::containsKey);
      if (isWanted) {
        String text = text(embedding, written, before);
        List<Value> vector =
            embedder.embed(embedding, text).stream().<Value>map(Value.Float32::new).toList();
        made.put(embedding.fieldName(), new Value.Items(vector));
      }
    }
    return made;
  }

  private static String text(
      VectorEmbedding embedding,
      Map<String, FieldInput.Written> written,
      Function<String, Value> before) {
    var text = new SourceText();
    for (String name : embedding.fields()) {
      FieldInput.Written field = written.get(name);
      Value value = field == null ? before.apply(name) : field.value();
      if (field != null || !value.isNull()) {
        text.add(value);
      }
    }
    return text.toString();
  }
}
