package io.defradb.connect.sink.mapping;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.Map;

/** A record that can become no operation, whatever is tried: for the dead letter queue. */
public final class UnmappableRecord extends DefraException {
  private static final long serialVersionUID = 1L;

  UnmappableRecord(String text, Map<String, ?> context) {
    super(ErrorCode.INVALID_VALUE, text, context, null);
  }

  UnmappableRecord(String text) {
    this(text, Map.of());
  }
}
