package io.defradb.dag;

import io.defradb.multiformats.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document's commit as somebody tells it: what it is said to be, and the bytes that must prove
 * it.
 *
 * @param height in the Merkle clock, unsigned
 * @param signer the DID that is said to have signed; {@code null}: nobody is named
 * @param block the composite block
 * @param signature the block that signs it
 * @param fields every field block that the composite links
 */
public record CommitClaim(
    String cid,
    String docId,
    List<String> heads,
    long height,
    @Nullable String signer,
    Bytes block,
    @Nullable Bytes signature,
    List<Field> fields) {
  public CommitClaim {
    heads = List.copyOf(heads);
    fields = List.copyOf(fields);
  }

  /** One field block of it. */
  public record Field(String name, String cid, Bytes block, @Nullable Bytes signature) {}
}
