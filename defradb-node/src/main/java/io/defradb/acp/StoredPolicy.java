package io.defradb.acp;

import io.defradb.acp.policy.Policy;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A policy and the number that it has in its store.
 *
 * <pre>
 * format u8 | number u32 | milliseconds since 1970 i64 | length u16 | creator's DID | text as given
 * </pre>
 */
record StoredPolicy(Policy policy, int number) {
  private static final int FORMAT = 1;

  static byte[] encode(int number, Instant now, String creator, String text) {
    byte[] did = creator.getBytes(StandardCharsets.UTF_8);
    byte[] definition = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(15 + did.length + definition.length)
        .put((byte) FORMAT)
        .putInt(number)
        .putLong(now.toEpochMilli())
        .putChar((char) did.length)
        .put(did)
        .put(definition)
        .array();
  }

  /** Throws CORRUPT. */
  static StoredPolicy decode(byte[] record) {
    try {
      var in = ByteBuffer.wrap(record);
      if (in.get() != FORMAT) {
        throw new DefraException(ErrorCode.CORRUPT, "a policy is stored in an unknown format");
      }
      int number = in.getInt();
      in.getLong();
      int didBytes = in.getChar();
      in.position(in.position() + didBytes);
      String text = StandardCharsets.UTF_8.decode(in).toString();
      return new StoredPolicy(Policy.read(text, () -> number), number);
    } catch (RuntimeException fault) {
      throw new DefraException(ErrorCode.CORRUPT, "a stored policy can not be read", fault);
    }
  }
}
