package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.multiformats.Bytes;
import java.util.List;

/** IHAVE: messages of a topic that the sender holds. */
record TopicIds(String topic, List<Bytes> ids) {
  TopicIds {
    ids = List.copyOf(ids);
  }
}
