package io.defradb.connect.source.transform;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** A record's value by names, whether it came with a schema (a Struct) or without (a Map). */
interface Members {
  /** {@code null}: not there, or null. */
  @Nullable Object get(String name);

  /** Throws DataException for what has no members. */
  static Members of(@Nullable Object value) {
    if (value instanceof Struct struct) {
      return name -> struct.schema().field(name) == null ? null : struct.get(name);
    }
    if (value instanceof Map<?, ?> map) {
      return map::get;
    }
    throw new DataException("a Struct or a Map was expected, not " + value);
  }

  default @Nullable Members part(String name) {
    Object value = get(name);
    return value == null ? null : of(value);
  }

  default String text(String name) {
    return String.valueOf(get(name));
  }

  default List<Members> parts(String name) {
    List<Members> parts = new ArrayList<>();
    for (Object item : list(name)) {
      parts.add(of(item));
    }
    return parts;
  }

  default List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Object item : list(name)) {
      texts.add(String.valueOf(item));
    }
    return texts;
  }

  private List<?> list(String name) {
    if (get(name) instanceof List<?> list) {
      return list;
    }
    throw new DataException("the member " + name + " is no list");
  }

  /** Bytes as they are, or in base64, as JSON has them. */
  default byte @Nullable [] bytes(String name) {
    Object value = get(name);
    if (value == null || value instanceof byte[]) {
      return (byte[]) value;
    }
    if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return bytes;
    }
    if (value instanceof String text) {
      try {
        return Base64.getDecoder().decode(text);
      } catch (IllegalArgumentException e) {
        throw new DataException("the member " + name + " is no base64", e);
      }
    }
    throw new DataException("the member " + name + " holds no bytes");
  }
}
