package io.defradb.http;

import io.defradb.acp.Asker;
import org.jspecify.annotations.Nullable;

/** Tells who asks. Safe for use by many threads. */
@FunctionalInterface
public interface Authenticator {
  /**
   * Reads the header.
   *
   * @param authorization the header's value; {@code null} or empty: nobody in particular
   * @param host the request's Host header in lower case
   * @throws io.defradb.error.DefraException FORBIDDEN when there is a value but no valid token
   */
  Asker authenticate(@Nullable String authorization, String host);
}
