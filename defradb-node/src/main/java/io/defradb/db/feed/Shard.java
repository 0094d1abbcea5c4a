package io.defradb.db.feed;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** One of {@code count} equal parts of all documents, by the CRC-32 of the DocID's text. */
public record Shard(int index, int count) {
  public static final Shard ALL = new Shard(0, 1);

  public Shard {
    if (count < 1 || index < 0 || index >= count) {
      throw invalid(index + "/" + count);
    }
  }

  /** {@code text}: {@code i/n}. Throws INVALID_ARGUMENT. */
  public static Shard parse(String text) {
    int slash = text.indexOf('/');
    try {
      return new Shard(
          Integer.parseInt(text.substring(0, Math.max(slash, 0))),
          Integer.parseInt(text.substring(slash + 1)));
    } catch (NumberFormatException e) {
      throw invalid(text);
    }
  }

  /** What has no DocID belongs to the first part. */
  boolean contains(@Nullable String docId) {
    if (count == 1) {
      return true;
    }
    if (docId == null) {
      return index == 0;
    }
    var crc = new CRC32();
    crc.update(docId.getBytes(StandardCharsets.US_ASCII));
    return crc.getValue() % count == index;
  }

  private static DefraException invalid(String text) {
    return new DefraException(
        ErrorCode.INVALID_ARGUMENT, "shard must be i/n with i below n", "Shard", text);
  }
}
