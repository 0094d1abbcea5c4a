package io.defradb.libp2p.protocol.bitswap;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.protobuf.ProtobufReader;
import io.defradb.libp2p.protobuf.ProtobufWriter;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message: {@code {1: wantlist {1: repeated entry, 2: full}, 2: repeated block, 3: repeated
 * payload, 4: repeated presence, 5: pendingBytes}}. Entries with CIDs of other kinds than blocks
 * here have are left out on reading.
 *
 * @param isFull the wants replace all before
 * @param pendingBytes of blocks that the sender still has for the receiver
 */
record BitswapMessage(
    List<Want> wants,
    boolean isFull,
    List<Block> blocks,
    List<Presence> presences,
    int pendingBytes) {
  /** Bytes of a message, without its length; what the reference reads. */
  static final int BYTES_MAX = 4 << 20;

  /** Bytes of a block that fits into a message. */
  static final int BLOCK_BYTES_MAX = BYTES_MAX - 1024;

  /** Entries of each kind that are read; a peer's fault beyond. */
  static final int ENTRIES_MAX = 1 << 16;

  BitswapMessage {
    wants = List.copyOf(wants);
    blocks = List.copyOf(blocks);
    presences = List.copyOf(presences);
  }

  static BitswapMessage ofWants(List<Want> wants, boolean isFull) {
    return new BitswapMessage(wants, isFull, List.of(), List.of(), 0);
  }

  static BitswapMessage ofAnswers(List<Block> blocks, List<Presence> presences) {
    return new BitswapMessage(List.of(), false, blocks, presences, 0);
  }

  Bytes encode(BitswapVersion version) {
    var list = new ProtobufWriter();
    wants.forEach(want -> list.message(1, want.write(version)));
    if (isFull) {
      list.bool(2, true);
    }
    var out = new ProtobufWriter().message(1, list);
    for (Block block : blocks) {
      if (version.hasPrefix()) {
        out.message(3, block.write());
      } else {
        out.bytes(2, block.data());
      }
    }
    if (version.hasPresence()) {
      presences.forEach(presence -> out.message(4, presence.write()));
    }
    return pendingBytes == 0 ? out.toBytes() : out.varint(5, pendingBytes).toBytes();
  }

  /** Reads a message and hashes the blocks in it. Throws {@code PEER_FAULT}. */
  static BitswapMessage decode(Bytes message) {
    List<Want> wants = new ArrayList<>();
    boolean isFull = false;
    List<Block> blocks = new ArrayList<>();
    List<Presence> presences = new ArrayList<>();
    int pendingBytes = 0;
    var in = new ProtobufReader(message);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> {
          ProtobufReader list = in.message();
          while (list.next()) {
            switch (list.field()) {
              case 1 -> add(wants, Want.read(list.message()));
              case 2 -> isFull = list.bool();
              default -> {}
            }
          }
        }
        case 2 -> add(blocks, Block.bare(in.bytes()));
        case 3 -> add(blocks, Block.read(in.message()));
        case 4 -> add(presences, Presence.read(in.message()));
        case 5 -> pendingBytes = (int) in.varint();
        default -> {}
      }
    }
    return new BitswapMessage(wants, isFull, blocks, presences, pendingBytes);
  }

  private static <T> void add(List<T> list, @Nullable T entry) {
    if (entry != null) {
      if (list.size() == ENTRIES_MAX) {
        throw new DefraException(ErrorCode.PEER_FAULT, "too many entries in a bitswap message");
      }
      list.add(entry);
    }
  }

  /** {@code null} for a CID of another kind. */
  static @Nullable Cid cid(Bytes bytes) {
    try {
      return Cid.fromBytes(bytes.unsafeArray());
    } catch (DefraException e) {
      return null;
    }
  }
}
