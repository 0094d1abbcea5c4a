package io.defradb.replication.topic;

import io.defradb.libp2p.protocol.gossipsub.TopicMessage;
import io.defradb.multiformats.Bytes;
import java.util.concurrent.CompletionStage;

/** Answers the messages of a topic. */
@FunctionalInterface
public interface RequestHandler {
  /**
   * Called on the host's loop: must not block. What it completes with goes back to the peer that
   * the message came from; a failure goes back as its text.
   */
  CompletionStage<Bytes> answer(TopicMessage message);
}
