package io.defradb.acp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Keys of what is stored. Texts within a key are preceded by their length (u32), so that no two
 * keys are the same.
 *
 * <pre>
 * documents, node        domain u8 (1, 2) | ...
 *   last policy number     1
 *   policy                 2 | ID, 32 bytes
 *   owner of an object     3 | policy number u32 | resource | object
 *   relationship           4 | policy number u32 | resource | object | relation | actor
 *   state of the node      5
 * </pre>
 */
enum AccessKeys {
  DOCUMENTS(1),
  NODE(2);

  private static final int NUMBER = 1;
  private static final int POLICY = 2;
  private static final int OWNER = 3;
  private static final int RELATIONSHIP = 4;
  private static final int STATE = 5;

  private final int domain;

  AccessKeys(int domain) {
    this.domain = domain;
  }

  byte[] number() {
    return new byte[] {(byte) domain, NUMBER};
  }

  /** {@code id}: 64 hex digits. */
  byte[] policy(String id) {
    return ByteBuffer.allocate(34)
        .put((byte) domain)
        .put((byte) POLICY)
        .put(HexFormat.of().parseHex(id))
        .array();
  }

  byte[] owner(int policyNumber, String resource, String object) {
    return key(OWNER, policyNumber, resource, object);
  }

  byte[] relationship(
      int policyNumber, String resource, String object, String relation, String actor) {
    return key(RELATIONSHIP, policyNumber, resource, object, relation, actor);
  }

  byte[] state() {
    return new byte[] {(byte) domain, STATE};
  }

  private byte[] key(int kind, int policyNumber, String... texts) {
    var out = new ByteArrayOutputStream();
    out.write(domain);
    out.write(kind);
    out.writeBytes(ByteBuffer.allocate(4).putInt(policyNumber).array());
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
      out.writeBytes(bytes);
    }
    return out.toByteArray();
  }
}
