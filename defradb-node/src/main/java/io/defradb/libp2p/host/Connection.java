package io.defradb.libp2p.host;

import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.transport.EventLoop;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A secured, multiplexed connection to a peer whose name was proven. Safe for many threads. */
public interface Connection {
  PeerId remotePeer();

  /** Where the other side is, without {@code /p2p}; of an inbound connection no place to dial. */
  Multiaddr remoteAddress();

  Multiaddr localAddress();

  /** Whether this host dialled. */
  boolean isOutbound();

  boolean isOpen();

  /** What identify told; empty before. */
  Set<String> protocols();

  /** The loop on which all its streams' readers are called. */
  EventLoop loop();

  /** As {@link Host#open}, over this connection. */
  CompletionStage<Stream> open(List<String> protocols);

  /** Says good-bye and closes; its streams fail. */
  void close();
}
