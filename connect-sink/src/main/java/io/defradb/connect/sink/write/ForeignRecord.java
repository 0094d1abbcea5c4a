package io.defradb.connect.sink.write;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.Map;

/**
 * A record that cannot be of the topic whose position the node has: the topic was made anew, cut
 * off, or belongs to another cluster.
 */
public final class ForeignRecord extends DefraException {
  private static final long serialVersionUID = 1L;

  ForeignRecord(String text, Map<String, ?> context) {
    super(ErrorCode.POSITION_MISMATCH, text, context, null);
  }
}
