package io.defradb.connect.sink.write;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the node keeps of the last record of a partition, so that the record is known again when
 * nothing else tells whether the topic is still the same one.
 *
 * <pre>
 * {@code <timestamp in epoch milliseconds, or -> <SHA-256 of key and value, 32 hexadecimal digits>}
 * </pre>
 *
 * Times decide where both sides have one: transforms and converters may change between two runs,
 * and the content with them.
 */
final class RecordDigest {
  private static final String NO_TIME = "-";
  private static final int CONTENT_CHARS = 32;

  private RecordDigest() {}

  static String of(SinkRecord record) {
    String time = record.timestamp() == null ? NO_TIME : String.valueOf(record.timestamp());
    MessageDigest content = sha256();
    add(content, record.key());
    add(content, record.value());
    return time + " " + HexFormat.of().formatHex(content.digest()).substring(0, CONTENT_CHARS);
  }

  /** Whether both can be of one record; an empty one is nobody's. */
  static boolean agree(String stored, String delivered) {
    if (stored.isEmpty() || delivered.isEmpty()) {
      return true;
    }
    String storedTime = time(stored);
    String deliveredTime = time(delivered);
    return storedTime.equals(NO_TIME) || deliveredTime.equals(NO_TIME)
        ? content(stored).equals(content(delivered))
        : storedTime.equals(deliveredTime);
  }

  private static String time(String digest) {
    return digest.substring(0, Math.max(0, digest.indexOf(' ')));
  }

  private static String content(String digest) {
    return digest.substring(digest.indexOf(' ') + 1);
  }

  /** Each value behind a letter for its form, so that different shapes never read the same. */
  private static void add(MessageDigest digest, @Nullable Object value) {
    if (value instanceof Struct struct) {
      digest.update((byte) '{');
      for (Field field : struct.schema().fields()) {
        add(digest, field.name());
        add(digest, struct.get(field));
      }
      digest.update((byte) '}');
    } else if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((key, item) -> sorted.put(String.valueOf(key), item));
      digest.update((byte) '{');
      sorted.forEach(
          (key, item) -> {
            add(digest, key);
            add(digest, item);
          });
      digest.update((byte) '}');
    } else if (value instanceof List<?> list) {
      digest.update((byte) '[');
      list.forEach(item -> add(digest, item));
      digest.update((byte) ']');
    } else if (value instanceof byte[] bytes) {
      digest.update((byte) 'b');
      digest.update(bytes);
    } else if (value instanceof ByteBuffer buffer) {
      digest.update((byte) 'b');
      digest.update(buffer.duplicate());
    } else {
      digest.update((byte) (value == null ? 'n' : 's'));
      digest.update(String.valueOf(value).getBytes(StandardCharsets.UTF_8));
    }
    digest.update((byte) 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
