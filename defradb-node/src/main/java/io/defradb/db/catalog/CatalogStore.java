package io.defradb.db.catalog;

import io.defradb.db.keys.Columns;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.json.CollectionVersionCodec;
import io.defradb.storage.Cursor;
import io.defradb.storage.KeyRange;
import io.defradb.storage.Snapshot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The catalog as stored.
 *
 * <pre>
 * system: 'v' version ID     -> number u32be | description
 *         'c' collection ID  -> short ID u32be
 *         'i' collection ID  -> greatest index ID ever given u32be
 *         'g'                -> generation u64be
 *         'h' collection ID  -> heads of the collection's own chain
 * </pre>
 */
public final class CatalogStore {
  private static final byte[] GENERATION = {'g'};
  private static final CollectionVersionCodec CODEC = new CollectionVersionCodec();

  private CatalogStore() {}

  /** Written by every change of the catalog; whoever reads the catalog has read it. */
  public static byte[] generationKey() {
    return GENERATION.clone();
  }

  public static CatalogState load(Snapshot snapshot) {
    Map<String, CollectionVersion> versions = new HashMap<>();
    Map<String, Integer> numbers = new HashMap<>();
    Map<String, Integer> shortIds = new HashMap<>();
    long generation = 1;
    try (Cursor cursor = snapshot.cursor(Columns.SYSTEM, KeyRange.ALL, false)) {
      while (cursor.next()) {
        byte[] key = cursor.key();
        String id = new String(key, 1, key.length - 1, StandardCharsets.US_ASCII);
        ByteBuffer value = ByteBuffer.wrap(cursor.value());
        switch (key[0]) {
          case 'v' -> {
            numbers.put(id, value.getInt());
            byte[] description = new byte[value.remaining()];
            value.get(description);
            versions.put(id, CODEC.decode(description));
          }
          case 'c' -> shortIds.put(id, value.getInt());
          case 'g' -> generation = value.getLong();
          case 'i', 'h' -> {
            continue; // read where they are needed
          }
          default -> throw new DefraException(ErrorCode.CORRUPT, "the stored catalog is damaged");
        }
      }
    }
    return CatalogState.of(generation, versions, numbers, shortIds);
  }

  static byte[] versionKey(String versionId) {
    return key('v', versionId);
  }

  static byte[] version(int number, CollectionVersion version) {
    byte[] description = CODEC.encode(version);
    return ByteBuffer.allocate(4 + description.length).putInt(number).put(description).array();
  }

  static byte[] collectionKey(String collectionId) {
    return key('c', collectionId);
  }

  static byte[] indexIdKey(String collectionId) {
    return key('i', collectionId);
  }

  public static byte[] collectionHeadsKey(String collectionId) {
    return key('h', collectionId);
  }

  static byte[] number(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  private static byte[] key(char kind, String id) {
    byte[] text = id.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(1 + text.length).put((byte) kind).put(text).array();
  }
}
