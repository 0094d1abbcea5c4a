package io.defradb.db.feed;

import io.defradb.db.LocalState;
import io.defradb.db.LocalState.Space;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Registered readers, as they are stored.
 *
 * <pre>
 * name, UTF-8 -> seq(8), expiry in epoch milliseconds(8)
 * </pre>
 */
final class Consumers {
  private static final int COUNT_MAX = 1000;
  private static final int NAME_CHARS_MAX = 200;

  private Consumers() {}

  /** Adds or replaces; forgets those that have expired. */
  static void put(LocalState local, Consumer consumer, Instant now) {
    if (consumer.name().isEmpty() || consumer.name().length() > NAME_CHARS_MAX) {
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT, "consumer name must have 1 to 200 characters");
    }
    int others = 0;
    for (Consumer stored : list(local)) {
      if (stored.expires().isBefore(now)) {
        remove(local, stored.name());
      } else if (!stored.name().equals(consumer.name())) {
        others++;
      }
    }
    if (others >= COUNT_MAX) {
      throw new DefraException(ErrorCode.BUSY, "too many consumers", "Max", COUNT_MAX);
    }
    local.put(
        Space.FEED_CONSUMER,
        key(consumer.name()),
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(consumer.seq())
            .putLong(consumer.expires().toEpochMilli())
            .array());
  }

  static void remove(LocalState local, String name) {
    local.delete(Space.FEED_CONSUMER, key(name));
  }

  /** By name, those that have expired included. */
  static List<Consumer> list(LocalState local) {
    var consumers = new ArrayList<Consumer>();
    for (LocalState.Entry entry : local.list(Space.FEED_CONSUMER, new byte[0])) {
      ByteBuffer value = ByteBuffer.wrap(entry.value());
      consumers.add(
          new Consumer(
              new String(entry.key(), StandardCharsets.UTF_8),
              value.getLong(),
              Instant.ofEpochMilli(value.getLong())));
    }
    return consumers;
  }

  /** The smallest number that somebody still needs the images from. */
  static OptionalLong heldFrom(LocalState local, Instant now) {
    return list(local).stream()
        .filter(consumer -> consumer.expires().isAfter(now))
        .mapToLong(Consumer::seq)
        .min();
  }

  private static byte[] key(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }
}
