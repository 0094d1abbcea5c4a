package io.defradb.connect.sink.write;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.Map;

/** The node refuses a batch for what is in it; nothing of it was applied. */
public final class RefusedBatch extends DefraException {
  private static final long serialVersionUID = 1L;

  /** The node did not say which operation. */
  public static final int UNNAMED = -1;

  private final int operation;

  /**
   * {@code operation}: the index of the one at fault among the batch's operations, or {@link
   * #UNNAMED}.
   */
  public RefusedBatch(ErrorCode code, String text, int operation) {
    super(code, text, Map.of(), null);
    this.operation = operation;
  }

  /** False when every other record would be refused for the same reason. */
  boolean isAboutRecords() {
    return switch (code().category()) {
      case INVALID, TOO_LARGE -> true;
      case NOT_FOUND, REFUSED, GONE, FORBIDDEN -> operation != UNNAMED;
      case RETRY, INTERNAL -> false;
    };
  }

  public int operation() {
    return operation;
  }
}
