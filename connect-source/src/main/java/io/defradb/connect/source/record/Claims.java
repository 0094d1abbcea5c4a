package io.defradb.connect.source.record;

import io.defradb.client.Change;
import io.defradb.connect.source.settings.EventLook.Oversize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps events below a size: takes their greatest values out and names them, so that whoever wants
 * them asks the node for the document as of the event's CID. Immutable.
 */
final class Claims {
  /** Header with the values that were taken out, such as {@code after.photo,before.photo}. */
  static final String HEADER = "defradb.claim";

  private static final int OTHER_BYTES = 8;

  private final Oversize oversize;

  Claims(Oversize oversize) {
    this.oversize = oversize;
  }

  /** What is sent of a document's two images. */
  record Fitted(@Nullable Struct before, @Nullable Struct after, List<String> leftOut) {}

  private record Value(String image, Field field, long bytes) {
    String name() {
      return image + "." + field.name();
    }
  }

  /** Throws ConnectException where what is too great is a fault. */
  Fitted fit(Change<?> entry, @Nullable Struct before, @Nullable Struct after) {
    if (oversize.mode() == Oversize.Mode.SEND) {
      return new Fitted(before, after, List.of());
    }
    List<Value> values = new ArrayList<>();
    addValues("before", before, values);
    addValues("after", after, values);
    long bytes = values.stream().mapToLong(Value::bytes).sum();
    if (bytes <= oversize.bytesMax()) {
      return new Fitted(before, after, List.of());
    }
    if (oversize.mode() == Oversize.Mode.FAIL) {
      throw new ConnectException(
          "An event of "
              + entry.docId()
              + " in "
              + entry.collection()
              + " (CID "
              + entry.cid()
              + ") has about "
              + bytes
              + " bytes, more than event.oversize.threshold.bytes. Set"
              + " event.oversize.handling.mode=claim to send it without its greatest values.");
    }
    return without(greatest(values, bytes), before, after);
  }

  /** As few as make the rest fit. */
  private List<Value> greatest(List<Value> values, long bytes) {
    values.sort(Comparator.comparingLong(Value::bytes).reversed());
    List<Value> greatest = new ArrayList<>();
    long rest = bytes;
    for (Value value : values) {
      if (rest <= oversize.bytesMax()) {
        break;
      }
      greatest.add(value);
      rest -= value.bytes();
    }
    return greatest;
  }

  private static Fitted without(
      List<Value> values, @Nullable Struct before, @Nullable Struct after) {
    List<String> names = values.stream().map(Value::name).sorted().toList();
    return new Fitted(without(names, "before", before), without(names, "after", after), names);
  }

  private static @Nullable Struct without(List<String> names, String image, @Nullable Struct row) {
    if (row == null) {
      return null;
    }
    Struct rest = new Struct(row.schema());
    for (Field field : row.schema().fields()) {
      if (!names.contains(image + "." + field.name())) {
        rest.put(field, row.get(field));
      }
    }
    return rest;
  }

  private static void addValues(String image, @Nullable Struct row, List<Value> values) {
    if (row != null) {
      for (Field field : row.schema().fields()) {
        values.add(new Value(image, field, bytes(row.get(field))));
      }
    }
  }

  private static long bytes(@Nullable Object value) {
    if (value instanceof String text) {
      return Utils.utf8Length(text);
    }
    if (value instanceof byte[] bytes) {
      return bytes.length;
    }
    if (value instanceof List<?> items) {
      return items.stream().mapToLong(Claims::bytes).sum();
    }
    return OTHER_BYTES;
  }
}
