package io.defradb.quickstart.server;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Ends the run with one sentence for the user: what is wrong and what to do. */
public final class QuickstartFailure extends DefraException {
  private static final long serialVersionUID = 1L;

  public QuickstartFailure(String sentence) {
    this(sentence, null);
  }

  public QuickstartFailure(String sentence, @Nullable Throwable cause) {
    super(ErrorCode.UNAVAILABLE, sentence, cause);
  }
}
