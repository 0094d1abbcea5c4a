package io.defradb.connect.sink.write;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.Map;

/** The node has another feed than when its position was asked for; nothing was applied. */
public final class ChangedNode extends DefraException {
  private static final long serialVersionUID = 1L;

  public ChangedNode(String text) {
    super(ErrorCode.FEED_GONE, text, Map.of(), null);
  }
}
