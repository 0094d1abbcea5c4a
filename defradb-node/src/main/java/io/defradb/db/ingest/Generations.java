package io.defradb.db.ingest;

import io.defradb.db.LocalState;
import io.defradb.db.LocalState.Space;
import io.defradb.document.DocId;
import io.defradb.document.DocIds;
import io.defradb.document.FieldKinds;
import io.defradb.document.Value;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The lives of a business key. Generation 0 has the DocID of the key's fields alone, generation g
 * above 0 the DocID of the key's fields and {@code generation: g}.
 *
 * <p>The greatest generation known here is kept by the DocID of generation 0; no entry means 0. So
 * whoever creates or merges a document can note it without knowing which of its fields are a key:
 * its first content without {@code generation} has that DocID.
 *
 * <pre>
 * DocID of generation 0, ASCII -> greatest generation, big-endian two's complement
 * </pre>
 */
public final class Generations {
  private Generations() {}

  /** The greatest generation known of the key whose generation 0 is {@code base}. */
  static long greatest(LocalState local, DocId base) {
    byte[] value = local.get(Space.GENERATION, key(base));
    return value == null ? 0 : new BigInteger(value).longValueExact();
  }

  /** The DocID of one generation. */
  static DocId docId(
      Map<String, Value> key, long generation, FieldKinds kinds, String collectionId) {
    if (generation == 0) {
      return DocIds.derive(key, kinds, collectionId);
    }
    var fields = new HashMap<>(key);
    fields.put(IngestCollection.GENERATION, new Value.Int(generation));
    return DocIds.derive(fields, kinds, collectionId);
  }

  /**
   * Notes a document that was created here or merged, by its first content. Harmless for documents
   * that have no generation.
   */
  public static void note(
      LocalState local, Map<String, Value> content, FieldKinds kinds, String collectionId) {
    if (!(content.get(IngestCollection.GENERATION) instanceof Value.Int generation)
        || generation.value() < 1) {
      return;
    }
    var key = new HashMap<>(content);
    key.remove(IngestCollection.GENERATION);
    DocId base = DocIds.derive(key, kinds, collectionId);
    if (generation.value() > greatest(local, base)) {
      local.put(Space.GENERATION, key(base), BigInteger.valueOf(generation.value()).toByteArray());
    }
  }

  private static byte[] key(DocId base) {
    return base.text().getBytes(StandardCharsets.US_ASCII);
  }
}
