package io.defradb.libp2p.host;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who serves which protocol. Safe for use by many threads. */
final class HandlerTable {
  private final Map<String, StreamHandler> handlers = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  void put(List<String> protocols, StreamHandler handler) {
    protocols.forEach(protocol -> handlers.put(protocol, handler));
    listeners.forEach(Runnable::run);
  }

  void remove(String protocol) {
    if (handlers.remove(protocol) != null) {
      listeners.forEach(Runnable::run);
    }
  }

  boolean has(String protocol) {
    return handlers.containsKey(protocol);
  }

  Optional<StreamHandler> handler(String protocol) {
    return Optional.ofNullable(handlers.get(protocol));
  }

  /** Sorted. */
  SortedSet<String> protocols() {
    return new TreeSet<>(handlers.keySet());
  }

  void onChange(Runnable listener) {
    listeners.add(listener);
  }
}
