package io.defradb.connect.source.transform;

import io.defradb.dag.CommitClaim;
import io.defradb.multiformats.Bytes;
import java.util.List;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Reads what a record of {@code output.format=commit} claims. */
final class CommitClaims {
  private CommitClaims() {}

  /** Throws DataException for what is not of that shape. */
  static CommitClaim of(Members commit) {
    Object signer = commit.get("signer");
    return new CommitClaim(
        commit.text("cid"),
        commit.text("docID"),
        commit.texts("heads"),
        height(commit),
        signer == null ? null : String.valueOf(signer),
        block(commit),
        bytes(commit, "signature"),
        fields(commit));
  }

  private static List<CommitClaim.Field> fields(Members commit) {
    return commit.parts("fields").stream()
        .map(
            field ->
                new CommitClaim.Field(
                    field.text("name"), field.text("cid"), block(field), bytes(field, "signature")))
        .toList();
  }

  private static long height(Members commit) {
    if (commit.get("height") instanceof Number height) {
      return height.longValue();
    }
    throw new DataException("the member height is no number");
  }

  private static Bytes block(Members of) {
    Bytes block = bytes(of, "block");
    if (block == null) {
      throw new DataException("it has no block");
    }
    return block;
  }

  private static @Nullable Bytes bytes(Members of, String name) {
    byte[] bytes = of.bytes(name);
    return bytes == null ? null : Bytes.wrap(bytes);
  }
}
