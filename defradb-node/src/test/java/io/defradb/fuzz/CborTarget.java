package io.defradb.fuzz;

import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.dag.EncryptionBlock;
import io.defradb.dag.SignatureBlock;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.document.ValueCbor;
import io.defradb.error.DefraException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Values and blocks in CBOR: what is taken is canonical, so it is written as it was read. */
final class CborTarget implements FuzzTarget {
  private static final FieldKind[] KINDS = FieldKind.values();

  @Override
  public List<byte[]> seeds() {
    var seeds = new ArrayList<>(Seeds.blocks());
    for (String hex :
        List.of("a2616101616281f5", "fb3ff8000000000000", "1b7fffffffffffffff", "826161f6", "40")) {
      seeds.add(HexFormat.of().parseHex(hex));
    }
    return seeds;
  }

  @Override
  public List<String> words() {
    return List.of(
        "delta",
        "heads",
        "links",
        "priority",
        "data",
        "docID",
        "lww",
        "composite",
        "counter",
        "\u0000",
        "\u007f",
        "d*X%",
        "name",
        "cid",
        "signature",
        "encryption",
        "type",
        "identity",
        "value");
  }

  @Override
  public boolean accepts(byte[] input) {
    boolean isBlock = block(input);
    boolean isValue = value(input);
    return other(input) || isBlock || isValue;
  }

  private static boolean block(byte[] input) {
    try {
      Block block = BlockCodec.decode(input);
      if (!Arrays.equals(BlockCodec.encode(block), input)) {
        throw new AssertionError("a block is written otherwise");
      }
      return true;
    } catch (DefraException refused) {
      return false;
    }
  }

  private static boolean other(byte[] input) {
    boolean isAccepted = false;
    try {
      SignatureBlock.decode(input);
      isAccepted = true;
    } catch (DefraException refused) {
      isAccepted = false;
    }
    try {
      EncryptionBlock.decode(input);
      return true;
    } catch (DefraException refused) {
      return isAccepted;
    }
  }

  private static boolean value(byte[] input) {
    FieldKind kind = KINDS[Math.floorMod(Arrays.hashCode(input), KINDS.length)];
    try {
      Value value = ValueCbor.decode(kind, input);
      Value again = ValueCbor.decode(kind, ValueCbor.encode(kind, value));
      if (!again.equals(value)) {
        throw new AssertionError(kind + " changes: " + value + " to " + again);
      }
      return true;
    } catch (DefraException refused) {
      return false;
    }
  }
}
