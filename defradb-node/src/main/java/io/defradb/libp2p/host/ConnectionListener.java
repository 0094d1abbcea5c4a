package io.defradb.libp2p.host;

import java.util.Set;

/**
 * Hears of connections; called on {@link Host#loop()}, one call at a time, in the order in which
 * things happened. For one connection: connected, any number of times identified, disconnected.
 */
public interface ConnectionListener {
  default void connected(Connection connection) {}

  /** The peer told what it speaks; again when it pushed a change. */
  default void identified(Connection connection, Set<String> protocols) {}

  default void disconnected(Connection connection) {}
}
