package io.defradb.document;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.ipld.CborWriter;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.multiformats.LooseMultibase;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** Derives and checks DocIDs (data-model specification, section 3). */
public final class DocIds {
  private static final long VERSION = 1;
  private static final int VARINT_BYTES_MAX = 10;
  private static final int UUID_CHARS = 36;
  private static final String UUID_URN = "urn:uuid:";
  private static final String PREFIX = "bae-";
  private static final Pattern DASHED =
      Pattern.compile(".{8}-.{4}-.{4}-.{4}-.{12}", Pattern.DOTALL);
  private static final Pattern DIGITS = Pattern.compile("[0-9a-fA-F]{32}");
  private static final byte[] NAMESPACE = Bytes.hex("c94acbfadd5340d097f329ce16c333fc").toArray();

  private DocIds() {}

  /** The DocID of a new document; nulls in {@code fields} count as absent. */
  public static DocId derive(Map<String, Value> fields, FieldKinds kinds, String collectionRoot) {
    byte[] document = documentCbor(fields, kinds);
    byte[] root = collectionRoot.getBytes(StandardCharsets.US_ASCII);
    byte[] hashed =
        ByteBuffer.allocate(document.length + root.length).put(document).put(root).array();
    return new DocId(PREFIX + uuid5(Cid.of(Cid.RAW, hashed).toString()));
  }

  /** The bytes that are hashed, before the root is appended. */
  public static byte[] documentCbor(Map<String, Value> fields, FieldKinds kinds) {
    List<Map.Entry<String, Value>> set = new ArrayList<>(fields.size());
    for (Map.Entry<String, Value> field : fields.entrySet()) {
      if (!field.getValue().isNull()) {
        set.add(field);
      }
    }
    set.sort(Map.Entry.comparingByKey(ValueCbor.KEY_ORDER));
    var out = new CborWriter(256);
    out.mapHeader(set.size());
    for (Map.Entry<String, Value> field : set) {
      out.text(field.getKey());
      FieldKind kind = kinds.kindOf(field.getKey());
      if (kind != null
          && kind.hasNillableElements()
          && field.getValue() instanceof Value.Items items) {
        out.arrayHeader(
            items.values().size()); // the reference loses what such elements hold, here only
        items.values().forEach(item -> out.mapHeader(0));
      } else {
        ValueCbor.write(out, kind == null ? FieldKind.JSON : kind, field.getValue());
      }
    }
    return out.toBytes();
  }

  /** Checks the text; throws {@code INVALID_DOC_ID}. The text is kept as given. */
  public static DocId parse(String text) {
    int dash = text.indexOf('-');
    if (dash < 0) {
      throw new DefraException(
          ErrorCode.INVALID_DOC_ID, "malformed document ID, missing either version or cid");
    }
    if (version(text.substring(0, dash)) != VERSION) {
      throw new DefraException(ErrorCode.INVALID_DOC_ID, "invalid document ID version");
    }
    checkUuid(text.substring(dash + 1));
    return new DocId(text);
  }

  /** With or without dashes, in braces or as a URN: the forms that the reference reads. */
  private static void checkUuid(String text) {
    String plain =
        switch (text.length()) {
          case 32, 36 -> text;
          case 34, 38 -> {
            if (!text.startsWith("{") || !text.endsWith("}")) {
              throw malformed("incorrect UUID format in string " + Quotation.of(text));
            }
            yield text.substring(1, text.length() - 1);
          }
          case 41, 45 -> {
            String start = text.substring(0, UUID_URN.length());
            if (!start.equals(UUID_URN)) {
              throw malformed("incorrect UUID format in string " + Quotation.of(start));
            }
            yield text.substring(UUID_URN.length());
          }
          default ->
              throw malformed(
                  "incorrect UUID length " + text.length() + " in string " + Quotation.of(text));
        };
    if (plain.length() == UUID_CHARS && !DASHED.matcher(plain).matches()) {
      throw malformed("incorrect UUID format in string " + Quotation.of(plain));
    }
    String digits = plain.length() == UUID_CHARS ? plain.replace("-", "") : plain;
    if (!DIGITS.matcher(digits).matches()) {
      throw malformed("invalid UUID format");
    }
  }

  private static DefraException malformed(String fault) {
    return new DefraException(ErrorCode.INVALID_DOC_ID, "uuid: " + fault);
  }

  /** A prefix is a varint in any multibase; {@code bae} is what everybody writes. */
  private static long version(String prefix) {
    try {
      return prefix.equals("bae") ? VERSION : readVarint(LooseMultibase.decode(prefix));
    } catch (DefraException e) {
      throw new DefraException(ErrorCode.INVALID_DOC_ID, e.text());
    }
  }

  /** More than the shortest form is read; as in the reference, sixteen bits of it count. */
  private static long readVarint(byte[] bytes) {
    long value = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (i == VARINT_BYTES_MAX) {
        throw new DefraException(
            ErrorCode.INVALID_DOC_ID, "binary: varint overflows a 64-bit integer");
      }
      value |= (long) (bytes[i] & 0x7f) << (7 * i);
      if (bytes[i] >= 0) {
        return value & 0xffff;
      }
    }
    throw new DefraException(
        ErrorCode.INVALID_DOC_ID, bytes.length == 0 ? "EOF" : "unexpected EOF");
  }

  /** RFC 4122 version 5: SHA-1 over namespace and name. */
  private static UUID uuid5(String name) {
    byte[] hash;
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(NAMESPACE);
      hash = sha1.digest(name.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-1", e);
    }
    ByteBuffer bits = ByteBuffer.wrap(hash);
    long high = (bits.getLong() & ~0xf000L) | 0x5000L;
    long low = (bits.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low);
  }
}
