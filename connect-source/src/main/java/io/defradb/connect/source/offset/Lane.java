package io.defradb.connect.source.offset;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one source partition reads: a shard of a collection, under the source's logical name.
 *
 * @param shard from 0 to {@code shards - 1}
 */
public record Lane(String source, String collection, int shard, int shards) {
  static final String SOURCE = "source";
  static final String COLLECTION = "collection";
  static final String SHARD = "shard";

  /**
   * The source partition as Connect stores it: its text is a key, so the order of members is fixed.
   */
  public Map<String, Object> toPartition() {
    Map<String, Object> partition = new LinkedHashMap<>();
    partition.put(SOURCE, source);
    partition.put(COLLECTION, collection);
    partition.put(SHARD, shard + "/" + shards);
    return partition;
  }

  /**
   * The inverse, of what an operator wrote: throws {@code IllegalArgumentException} with the
   * reason.
   */
  public static Lane parse(Map<String, ?> partition) {
    if (partition == null
        || !partition.keySet().equals(java.util.Set.of(SOURCE, COLLECTION, SHARD))) {
      throw new IllegalArgumentException(
          "a source partition has the members source, collection and shard");
    }
    String[] shard = String.valueOf(partition.get(SHARD)).split("/", -1);
    try {
      int number = Integer.parseInt(shard[0]);
      int count = Integer.parseInt(shard[1]);
      if (shard.length == 2 && number >= 0 && number < count) {
        return new Lane(
            String.valueOf(partition.get(SOURCE)),
            String.valueOf(partition.get(COLLECTION)),
            number,
            count);
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("a shard is written i/n, such as 0/1", e);
    }
    throw new IllegalArgumentException("a shard is written i/n with i below n, such as 0/1");
  }
}
