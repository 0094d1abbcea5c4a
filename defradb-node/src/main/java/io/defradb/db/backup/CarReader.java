package io.defradb.db.backup;

import io.defradb.dag.BlockCodec;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.ipld.CborReader;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link CarWriter} describes. Every block is checked against its CID. */
final class CarReader {
  private static final int HEADER_BYTES_MAX = 1 << 20;
  private static final int SECTION_BYTES_MAX = 64 << 20;
  private static final int CID_BYTES = 36;
  private static final int VARINT_BITS_MAX = 35;

  private final InputStream in;

  /** A block with its name. */
  record Section(Cid cid, Bytes bytes) {}

  CarReader(InputStream in) {
    this.in = in;
  }

  /** The roots. Throws INVALID_ARGUMENT for what is no CAR of version 1. */
  List<Cid> header() throws IOException {
    int length = length(HEADER_BYTES_MAX);
    if (length < 0) {
      throw corrupt("the file is empty");
    }
    byte[] bytes = exactly(length);
    try {
      var header = new CborReader(bytes, 0, bytes.length);
      List<Cid> roots = new ArrayList<>();
      long version = 0;
      for (int left = header.mapHeader(); left > 0; left--) {
        switch (header.text()) {
          case "roots" -> {
            for (int links = header.arrayHeader(); links > 0; links--) {
              roots.add(header.link());
            }
          }
          case "version" -> version = header.integer();
          default -> throw corrupt("the header has an unknown member");
        }
      }
      if (version != 1) {
        throw corrupt("the file is no CAR of version 1");
      }
      return roots;
    } catch (DefraException e) {
      throw e.code() == ErrorCode.INVALID_ARGUMENT ? e : corrupt("the header is no DAG-CBOR");
    }
  }

  /**
   * {@code null}: the file ends here. Throws INVALID_ARGUMENT for bytes that are not those of their
   * CID, and for a CID of another codec, which the hash says nothing of.
   */
  @Nullable Section next() throws IOException {
    int length = length(SECTION_BYTES_MAX);
    if (length < 0) {
      return null;
    }
    if (length <= CID_BYTES) {
      throw corrupt("a block without a name");
    }
    byte[] bytes = exactly(length);
    Cid cid;
    try {
      cid = Cid.fromBytes(Arrays.copyOf(bytes, CID_BYTES));
    } catch (DefraException e) {
      throw corrupt("a block without a name");
    }
    byte[] block = Arrays.copyOfRange(bytes, CID_BYTES, length);
    if (!BlockCodec.cid(block).equals(cid)) {
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT, "a block's bytes are not those of its CID", "Cid", cid);
    }
    return new Section(cid, Bytes.wrap(block));
  }

  /** -1 at the end of the file. */
  private int length(int max) throws IOException {
    long value = 0;
    for (int bits = 0; bits < VARINT_BITS_MAX; bits += 7) {
      int octet = in.read();
      if (octet < 0) {
        if (bits == 0) {
          return -1;
        }
        throw corrupt("the file is cut off");
      }
      value |= (long) (octet & 0x7f) << bits;
      if (octet < 0x80) {
        if (value > max) {
          throw corrupt("a block is too long");
        }
        return (int) value;
      }
    }
    throw corrupt("a length is no varint");
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw corrupt("the file is cut off");
    }
    return bytes;
  }

  static DefraException corrupt(String why) {
    return new DefraException(ErrorCode.INVALID_ARGUMENT, "not a whole history file: " + why);
  }
}
