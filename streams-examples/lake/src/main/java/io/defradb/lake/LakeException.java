package io.defradb.lake;

import org.jspecify.annotations.Nullable;

/** What keeps the lake from being written or read, said to its user in one sentence. */
public final class LakeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LakeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
