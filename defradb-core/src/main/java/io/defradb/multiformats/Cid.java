package io.defradb.multiformats;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;

/**
 * A content identifier of version 1 with a sha2-256 hash: {@code 01 <codec> 12 20 <32 bytes>}; as
 * text {@code b} and lower-case base32 without padding. Ordered by text, where {@code 2} to {@code
 * 7} come before {@code a}.
 */
public record Cid(int codec, Bytes digest) implements Comparable<Cid> {
  /** Codec of blocks. */
  public static final int DAG_CBOR = 0x71;

  /** Codec of DocID preimages and schema version IDs. */
  public static final int RAW = 0x55;

  /**
   * In place of a codec: a CID of version 0, {@code 12 20 <32 bytes>}, which a link may hold. No
   * block of ours has one.
   */
  public static final int VERSION_0 = 0;

  /** Bytes of a sha2-256 hash. */
  public static final int DIGEST_BYTES = 32;

  public Cid {
    if (digest.length() != DIGEST_BYTES) {
      throw new DefraException(
          ErrorCode.INVALID_CID, "invalid cid: digest length", "Length", digest.length());
    }
  }

  /** The CID of {@code bytes}: hashes them. */
  public static Cid of(int codec, byte[] bytes) {
    return new Cid(codec, Bytes.wrap(Sha256.hash(bytes)));
  }

  /** Parses the binary form. Throws {@code INVALID_CID} for hashes other than sha2-256. */
  public static Cid fromBytes(byte[] bytes) {
    return CidCodec.parse(bytes);
  }

  /** Parses the text form. Throws {@code INVALID_CID}. */
  public static Cid fromText(String text) {
    return CidCodec.parse(text);
  }

  public byte[] toBytes() {
    return CidCodec.toBytes(this);
  }

  @Override
  public int compareTo(Cid other) {
    return CidCodec.compareText(this, other);
  }

  /** The text form. */
  @Override
  public String toString() {
    return CidCodec.toText(this);
  }
}
