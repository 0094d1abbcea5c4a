package io.defradb.client;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a document's image straight from the node's answer, as what its user wants it to be. */
@FunctionalInterface
public interface ImageReader<I> {
  /**
   * What one image is to its user; {@code null}: nothing.
   *
   * @param schemaVersionId the collection version that the image is of
   * @param json stands on the image's opening brace; to be left on its closing one
   */
  @Nullable I read(String schemaVersionId, JsonParser json) throws IOException;
}
