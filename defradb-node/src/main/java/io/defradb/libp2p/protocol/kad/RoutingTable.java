package io.defradb.libp2p.protocol.kad;

import io.defradb.libp2p.peer.PeerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The peers that are known to answer: for each number of leading bits shared with this host a
 * k-bucket. Those that have been there longest stay, because they likely stay connected too: a
 * newcomer finds room only when the bucket has it. Of at most 256 buckets few are ever used.
 */
final class RoutingTable {
  private final KadKey self;
  private final int bucketMax;
  private final TreeMap<Integer, Map<PeerId, KadKey>> buckets = new TreeMap<>();

  RoutingTable(KadKey self, int bucketMax) {
    this.self = self;
    this.bucketMax = bucketMax;
  }

  /** Whether the peer is new here and found room. */
  boolean add(PeerId peer) {
    KadKey key = KadKey.of(peer);
    int bits = self.commonBits(key);
    if (bits == KadKey.BITS) {
      return false; // this host itself
    }
    Map<PeerId, KadKey> bucket = buckets.computeIfAbsent(bits, any -> new LinkedHashMap<>());
    return bucket.size() < bucketMax && bucket.putIfAbsent(peer, key) == null;
  }

  /** The peer does not answer any more. */
  void remove(PeerId peer) {
    int bits = self.commonBits(KadKey.of(peer));
    Map<PeerId, KadKey> bucket = buckets.get(bits);
    if (bucket != null && bucket.remove(peer) != null && bucket.isEmpty()) {
      buckets.remove(bits);
    }
  }

  boolean has(PeerId peer) {
    Map<PeerId, KadKey> bucket = buckets.get(self.commonBits(KadKey.of(peer)));
    return bucket != null && bucket.containsKey(peer);
  }

  int size() {
    return buckets.values().stream().mapToInt(Map::size).sum();
  }

  /** The deepest bucket that has a peer; -1 when the table is empty. */
  int deepestBucket() {
    return buckets.isEmpty() ? -1 : buckets.lastKey();
  }

  /** At most {@code count} peers that pass the filter, the nearest to {@code key} first. */
  List<PeerId> closest(KadKey key, int count, Predicate<PeerId> filter) {
    List<Map.Entry<PeerId, KadKey>> all = new ArrayList<>();
    for (Map<PeerId, KadKey> bucket : buckets.values()) {
      Collection<Map.Entry<PeerId, KadKey>> entries = bucket.entrySet();
      entries.stream().filter(entry -> filter.test(entry.getKey())).forEach(all::add);
    }
    all.sort((a, b) -> key.compareDistance(a.getValue(), b.getValue()));
    return all.stream().limit(count).map(Map.Entry::getKey).toList();
  }
}
