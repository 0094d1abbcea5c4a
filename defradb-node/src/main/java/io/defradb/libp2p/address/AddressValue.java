package io.defradb.libp2p.address;

import io.defradb.error.DefraException;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Multibase;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The forms of a part's value: how many bytes, and what they read as. */
enum AddressValue {
  NONE(0) {
    @Override
    String toText(Bytes bytes) {
      return "";
    }

    @Override
    Bytes toBytes(String text) {
      return Bytes.EMPTY;
    }
  },

  PORT(2) {
    @Override
    String toText(Bytes bytes) {
      return Integer.toString(bytes.unsignedAt(0) << 8 | bytes.unsignedAt(1));
    }

    @Override
    Bytes toBytes(String text) {
      if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 0xffff) {
        throw new Malformed("failed to parse port");
      }
      int port = Integer.parseInt(text);
      return Bytes.wrap(new byte[] {(byte) (port >> 8), (byte) port});
    }
  },

  IP4(4) {
    @Override
    String toText(Bytes bytes) {
      return IpText.v4(bytes);
    }

    @Override
    Bytes toBytes(String text) {
      return IpText.parseV4(text);
    }
  },

  IP6(16) {
    @Override
    String toText(Bytes bytes) {
      return IpText.v6(bytes);
    }

    @Override
    Bytes toBytes(String text) {
      return IpText.parseV6(text);
    }
  },

  /** UTF-8 without a slash. */
  TEXT(AddressValue.LENGTH_FIRST) {
    @Override
    String toText(Bytes bytes) {
      return utf8(bytes);
    }

    @Override
    Bytes toBytes(String text) {
      return Bytes.utf8(text);
    }

    @Override
    void check(Bytes bytes) {
      if (bytes.isEmpty() || utf8(bytes).indexOf('/') >= 0) {
        throw new Malformed("invalid value");
      }
    }
  },

  /** Takes all the rest of the text. */
  PATH(AddressValue.LENGTH_FIRST) {
    @Override
    String toText(Bytes bytes) {
      return utf8(bytes);
    }

    @Override
    Bytes toBytes(String text) {
      return Bytes.utf8(text);
    }

    @Override
    void check(Bytes bytes) {
      if (bytes.isEmpty()) {
        throw new Malformed("invalid value");
      }
    }
  },

  /** A peer's multihash, in base58; a CID of codec libp2p-key is read too. */
  PEER(AddressValue.LENGTH_FIRST) {
    @Override
    String toText(Bytes bytes) {
      return Multihash.toBase58(bytes);
    }

    @Override
    Bytes toBytes(String text) {
      return Multihash.parsePeer(text);
    }

    @Override
    void check(Bytes bytes) {
      Multihash.check(bytes);
    }
  },

  /** A certificate's multihash, in any multibase. */
  CERTHASH(AddressValue.LENGTH_FIRST) {
    @Override
    String toText(Bytes bytes) {
      return Multibase.BASE64_URL.encode(bytes.unsafeArray());
    }

    @Override
    Bytes toBytes(String text) {
      try {
        return Bytes.wrap(Multibase.decode(text));
      } catch (DefraException e) {
        throw new Malformed("invalid multibase");
      }
    }

    @Override
    void check(Bytes bytes) {
      Multihash.check(bytes);
    }
  };

  /** In place of a size: the value stands behind its length. */
  static final int LENGTH_FIRST = -1;

  private final int sizeBytes;

  AddressValue(int sizeBytes) {
    this.sizeBytes = sizeBytes;
  }

  /** {@link #LENGTH_FIRST}, or how many bytes every value has. */
  int sizeBytes() {
    return sizeBytes;
  }

  /** The text of bytes that {@link #check} let through. */
  abstract String toText(Bytes bytes);

  /** Throws {@link Malformed}; what it answers is still to be checked. */
  abstract Bytes toBytes(String text);

  /** Throws {@link Malformed} for bytes that are no value. */
  void check(Bytes bytes) {
    if (bytes.length() != sizeBytes) {
      throw new Malformed("invalid value size");
    }
  }

  private static String utf8(Bytes bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.unsafeArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Malformed("invalid UTF-8");
    }
  }
}
