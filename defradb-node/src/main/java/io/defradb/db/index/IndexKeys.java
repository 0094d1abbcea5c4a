package io.defradb.db.index;

import io.defradb.db.keys.DocumentKey;
import io.defradb.document.DocId;
import io.defradb.multiformats.Bytes;
import io.defradb.storage.KeyRange;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys of index entries.
 *
 * <pre>
 * index: collection short ID u32be | index ID u32be | component* | UUID of the DocID 16  -> empty
 *        collection short ID | 80000000 + index ID | component*           -> empty: these values of a unique index are taken
 * component, sealed store:  the first 16 bytes of HMAC-SHA-256(index key, index ID u32be | place | value CBOR)
 * component, open store:    value CBOR, its length as u32be before it
 * </pre>
 *
 * No value of a field stands in a key of a sealed store; equal values have equal components, so
 * equality is a seek.
 */
public final class IndexKeys {
  private static final int TOKEN_BYTES = 16;

  private final @Nullable SecretKeySpec key;
  private final ThreadLocal<Mac> mac = ThreadLocal.withInitial(this::newMac);

  /** {@code key}: 32 bytes of a sealed store; {@code null} for an open one. */
  public IndexKeys(byte @Nullable [] key) {
    this.key = key == null ? null : new SecretKeySpec(key, "HmacSHA256");
  }

  byte[] entry(int collection, int index, List<Bytes> values, DocId docId) {
    byte[] uuid = DocumentKey.uuid(docId);
    if (uuid == null) {
      throw new IllegalArgumentException("no document has the ID " + docId);
    }
    return entry(collection, index, values, uuid);
  }

  /** The same of a document whose key ends with the bytes of its UUID, as {@code documentKey}. */
  byte[] entry(int collection, int index, List<Bytes> values, byte[] documentKey) {
    byte[] prefix = prefix(collection, index, values);
    byte[] entry = Arrays.copyOf(prefix, prefix.length + DocumentKey.UUID_BYTES);
    System.arraycopy(
        documentKey,
        documentKey.length - DocumentKey.UUID_BYTES,
        entry,
        prefix.length,
        DocumentKey.UUID_BYTES);
    return entry;
  }

  /**
   * Read and written by whoever takes these values in a unique index, so that two at once conflict.
   */
  byte[] marker(int collection, int index, List<Bytes> values) {
    byte[] marker = prefix(collection, index, values);
    marker[Integer.BYTES] |= (byte) 0x80;
    return marker;
  }

  KeyRange equal(int collection, int index, List<Bytes> values) {
    return KeyRange.prefix(prefix(collection, index, values));
  }

  /** All entries of an index, or all its markers. */
  KeyRange all(int collection, int index, boolean isMarker) {
    return KeyRange.prefix(
        isMarker ? marker(collection, index, List.of()) : prefix(collection, index, List.of()));
  }

  private byte[] prefix(int collection, int index, List<Bytes> values) {
    int length = 2 * Integer.BYTES;
    for (Bytes value : values) {
      length += key == null ? Integer.BYTES + value.length() : TOKEN_BYTES;
    }
    ByteBuffer out = ByteBuffer.allocate(length).putInt(collection).putInt(index);
    for (int place = 0; place < values.size(); place++) {
      Bytes value = values.get(place);
      if (key == null) {
        out.putInt(value.length()).put(value.unsafeArray());
      } else {
        out.put(token(index, place, value), 0, TOKEN_BYTES);
      }
    }
    return out.array();
  }

  /** A Mac begins anew with its key after every result. */
  private byte[] token(int index, int place, Bytes value) {
    Mac hash = mac.get();
    hash.update(ByteBuffer.allocate(5).putInt(index).put((byte) place).flip());
    return hash.doFinal(value.unsafeArray());
  }

  private Mac newMac() {
    try {
      Mac hash = Mac.getInstance("HmacSHA256");
      hash.init(Objects.requireNonNull(key));
      return hash;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new AssertionError("every JDK has HMAC-SHA-256, and any bytes are its key", e);
    }
  }
}
