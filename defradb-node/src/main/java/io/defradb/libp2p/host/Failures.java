package io.defradb.libp2p.host;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.concurrent.CompletionException;

/** What a stage failed with, as an exception of ours. */
final class Failures {
  private Failures() {}

  static DefraException unwrap(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof DefraException ours
        ? ours
        : new DefraException(ErrorCode.INTERNAL, "the peer stack failed", cause);
  }
}
