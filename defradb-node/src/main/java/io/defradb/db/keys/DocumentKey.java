package io.defradb.db.keys;

import io.defradb.document.DocId;
import io.defradb.storage.KeyRange;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The key of a document's record.
 *
 * <pre>
 * collection short ID u32be | UUID of the DocID, 16 bytes
 * </pre>
 *
 * The order of the bytes is the order of the DocIDs' texts.
 */
public final class DocumentKey {
  private static final String PREFIX = "bae-";
  private static final int TEXT_CHARS = 40;
  public static final int UUID_BYTES = 16;
  private static final int BYTES = 4 + UUID_BYTES;

  private DocumentKey() {}

  /** {@code null}: a text that no document of ours can have. */
  public static byte @Nullable [] of(int collection, DocId docId) {
    byte[] uuid = uuid(docId);
    return uuid == null ? null : ByteBuffer.allocate(BYTES).putInt(collection).put(uuid).array();
  }

  /** The 16 bytes of a DocID in canonical form; {@code null} for another text. */
  public static byte @Nullable [] uuid(DocId docId) {
    String text = docId.text();
    if (text.length() != TEXT_CHARS || !text.startsWith(PREFIX)) {
      return null;
    }
    byte[] uuid = new byte[UUID_BYTES];
    int at = 0;
    for (int i = PREFIX.length(); i < TEXT_CHARS; i++) {
      boolean isDash = i == 12 || i == 17 || i == 22 || i == 27;
      char c = text.charAt(i);
      if (isDash) {
        if (c != '-') {
          return null;
        }
        continue;
      }
      int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
      if (digit < 0) {
        return null;
      }
      uuid[at >> 1] = (byte) (uuid[at >> 1] << 4 | digit);
      at++;
    }
    return uuid;
  }

  public static KeyRange range(int collection) {
    return KeyRange.prefix(prefix(collection));
  }

  /** All documents of the collection that come after {@code after}. */
  public static KeyRange rangeAfter(int collection, DocId after) {
    KeyRange all = range(collection);
    byte[] key = of(collection, after);
    if (key == null) {
      // No document has this text: begin at the first key that is not below it.
      return new KeyRange(firstNotBelow(collection, after), all.to());
    }
    return new KeyRange(ByteBuffer.allocate(BYTES + 1).put(key).array(), all.to());
  }

  public static int collection(byte[] key) {
    return ByteBuffer.wrap(key).getInt();
  }

  public static DocId docId(byte[] key) {
    return docId(key, key.length - UUID_BYTES);
  }

  public static DocId docId(byte[] bytes, int offset) {
    ByteBuffer uuid = ByteBuffer.wrap(bytes, offset, UUID_BYTES);
    return docId(new UUID(uuid.getLong(), uuid.getLong()));
  }

  public static DocId docId(UUID uuid) {
    return new DocId(PREFIX + uuid);
  }

  /** What the keys of a collection's documents begin with; no key itself. */
  public static byte[] prefix(int collection) {
    return ByteBuffer.allocate(4).putInt(collection).array();
  }

  private static byte[] firstNotBelow(int collection, DocId after) {
    String text = after.text();
    if (text.compareTo(PREFIX) <= 0) {
      return prefix(collection);
    }
    if (!text.startsWith(PREFIX)) {
      return prefix(collection + 1);
    }
    String digits = text.substring(PREFIX.length()).replaceAll("[^0-9a-f].*", "");
    String even = digits.substring(0, Math.min(digits.length() & ~1, 2 * UUID_BYTES));
    byte[] known = HexFormat.of().parseHex(even);
    return ByteBuffer.allocate(4 + known.length).putInt(collection).put(known).array();
  }
}
