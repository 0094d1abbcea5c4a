package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.protobuf.ProtobufReader;
import io.defradb.libp2p.protobuf.ProtobufWriter;
import io.defradb.multiformats.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * One frame between two peers: {@code RPC {1: repeated SubOpts, 2: repeated Message, 3: control}}.
 */
record Rpc(List<SubscriptionChange> subscriptions, List<SignedMessage> messages, Control control) {
  /** Bytes of a frame, without its length; what the reference reads. */
  static final int BYTES_MAX = 1 << 20;

  static final int SUBSCRIPTIONS = 1;
  static final int MESSAGE = 2;
  static final int CONTROL = 3;

  Rpc {
    subscriptions = List.copyOf(subscriptions);
    messages = List.copyOf(messages);
  }

  Bytes encode() {
    var out = new ProtobufWriter();
    subscriptions.forEach(change -> out.message(SUBSCRIPTIONS, change.write()));
    messages.forEach(message -> out.bytes(MESSAGE, message.wire()));
    if (!control.isEmpty()) {
      out.message(CONTROL, control.write());
    }
    return out.toBytes();
  }

  /** Reads a frame; signatures are not verified. Throws {@code PEER_FAULT}. */
  static Rpc decode(Bytes frame) {
    List<SubscriptionChange> subscriptions = new ArrayList<>();
    List<SignedMessage> messages = new ArrayList<>();
    var control = new Control.Builder();
    var in = new ProtobufReader(frame);
    while (in.next()) {
      switch (in.field()) {
        case SUBSCRIPTIONS -> {
          requireRoom(subscriptions.size());
          subscriptions.add(SubscriptionChange.read(in.message()));
        }
        case MESSAGE -> {
          requireRoom(messages.size());
          messages.add(SignedMessage.decode(in.bytes()));
        }
        case CONTROL -> control.read(in.message());
        default -> {}
      }
    }
    return new Rpc(subscriptions, messages, control.build());
  }

  static void requireRoom(int count) {
    if (count > Control.ENTRIES_MAX) {
      throw new DefraException(ErrorCode.PEER_FAULT, "too many entries in a gossip frame");
    }
  }
}
