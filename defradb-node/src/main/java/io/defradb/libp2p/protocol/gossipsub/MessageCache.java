package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of the last heartbeats, for peers that ask: a window for each heartbeat, the newest
 * first; the first few are advertised. Bounded in bytes too: then the oldest window shrinks.
 */
final class MessageCache {
  private final int gossipWindows;
  private final int bytesMax;
  private final Deque<Deque<Entry>> windows = new ArrayDeque<>();
  private final Map<Bytes, Entry> byId = new HashMap<>();
  private long bytes;

  private static final class Entry {
    private final Bytes id;
    private final SignedMessage message;
    private final Map<PeerId, Integer> asked = new HashMap<>();

    Entry(Bytes id, SignedMessage message) {
      this.id = id;
      this.message = message;
    }
  }

  MessageCache(int windowCount, int gossipWindows, int bytesMax) {
    this.gossipWindows = gossipWindows;
    this.bytesMax = bytesMax;
    for (int i = 0; i < windowCount; i++) {
      windows.add(new ArrayDeque<>());
    }
  }

  void put(Bytes id, SignedMessage message) {
    var entry = new Entry(id, message);
    if (byId.putIfAbsent(id, entry) == null) {
      windows.getFirst().add(entry);
      bytes += message.wire().length();
      while (bytes > bytesMax) {
        forgetOldest();
      }
    }
  }

  /** The message, for a peer that asked for it less than {@code timesMax} times. */
  @Nullable SignedMessage forPeer(Bytes id, PeerId peer, int timesMax) {
    Entry entry = byId.get(id);
    if (entry == null || entry.asked.merge(peer, 1, Integer::sum) > timesMax) {
      return null;
    }
    return entry.message;
  }

  /** What is advertised, by topic. */
  Map<String, List<Bytes>> gossip() {
    Map<String, List<Bytes>> ids = new HashMap<>();
    int window = 0;
    for (Deque<Entry> entries : windows) {
      if (window++ == gossipWindows) {
        break;
      }
      for (Entry entry : entries) {
        ids.computeIfAbsent(entry.message.topic(), any -> new ArrayList<>()).add(entry.id);
      }
    }
    return ids;
  }

  /** A heartbeat: opens a new window and drops the last. */
  void shift() {
    windows.removeLast().forEach(this::forget);
    windows.addFirst(new ArrayDeque<>());
  }

  private void forgetOldest() {
    var oldestFirst = windows.descendingIterator();
    while (oldestFirst.hasNext()) {
      Entry oldest = oldestFirst.next().poll();
      if (oldest != null) {
        forget(oldest);
        return;
      }
    }
  }

  private void forget(Entry entry) {
    byId.remove(entry.id);
    bytes -= entry.message.wire().length();
  }

  long bytes() {
    return bytes;
  }
}
