package io.defradb.dag;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.ipld.CborReader;
import io.defradb.ipld.CborWriter;
import io.defradb.multiformats.Bytes;
import java.util.Arrays;

/**
 * A signature, a block of its own: {@code {value, header: {type, identity}}}.
 *
 * @param type {@code ES256K} or {@code EdDSA}
 * @param identity the public key's hexadecimal text as bytes
 * @param value DER for ES256K, 64 bytes for EdDSA
 */
public record SignatureBlock(String type, Bytes identity, Bytes value) {

  public byte[] encode() {
    var out = new CborWriter(200);
    out.mapHeader(2).text("value").bytes(value);
    out.text("header").mapHeader(2).text("type").text(type).text("identity").bytes(identity);
    return out.toBytes();
  }

  /** Throws {@code INVALID_CBOR} for anything but the canonical bytes. */
  public static SignatureBlock decode(byte[] bytes) {
    var in = new CborReader(bytes, 0, bytes.length);
    var fields = new BlockCodec.Fields(in);
    Bytes value = null;
    Bytes identity = null;
    String type = null;
    while (fields.hasNext()) {
      String key = fields.next();
      switch (key) {
        case "value" -> value = in.bytes();
        case "header" -> {
          var header = new BlockCodec.Fields(in);
          while (header.hasNext()) {
            String part = header.next();
            switch (part) {
              case "type" -> type = in.text();
              case "identity" -> identity = in.bytes();
              default -> throw BlockCodec.unknown(part);
            }
          }
        }
        default -> throw BlockCodec.unknown(key);
      }
    }
    var block =
        new SignatureBlock(
            BlockCodec.required(type, "type"),
            BlockCodec.required(identity, "identity"),
            BlockCodec.required(value, "value"));
    if (!Arrays.equals(block.encode(), bytes)) {
      throw new DefraException(ErrorCode.INVALID_CBOR, "invalid block: not in canonical form");
    }
    return block;
  }
}
