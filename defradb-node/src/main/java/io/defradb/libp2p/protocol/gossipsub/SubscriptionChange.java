package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.libp2p.protobuf.ProtobufReader;
import io.defradb.libp2p.protobuf.ProtobufWriter;

/** A peer joins or leaves a topic: {@code SubOpts {1: subscribe, 2: topicid}}. */
record SubscriptionChange(String topic, boolean isJoined) {

  ProtobufWriter write() {
    return new ProtobufWriter().bool(1, isJoined).text(2, topic);
  }

  static SubscriptionChange read(ProtobufReader in) {
    boolean isJoined = false;
    String topic = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> isJoined = in.bool();
        case 2 -> topic = in.text();
        default -> {}
      }
    }
    return new SubscriptionChange(topic, isJoined);
  }
}
