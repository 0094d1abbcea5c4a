package io.defradb.embedding;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.CollectionVersion.VectorEmbedding;
import java.util.List;

/** Makes a vector of a text. Safe for use by many threads; blocks until the provider answers. */
@FunctionalInterface
public interface Embedder {
  /** Refuses: for databases that have no provider to ask. */
  Embedder NONE =
      (how, text) -> {
        throw new DefraException(ErrorCode.UNSUPPORTED, "failed to get embedding function");
      };

  /**
   * The vector, of length 1 as far as the provider's kind is not known to see to it itself.
   *
   * @throws DefraException UNAVAILABLE when the provider does not answer in time, or with what is
   *     no vector
   */
  List<Float> embed(VectorEmbedding how, String text);
}
