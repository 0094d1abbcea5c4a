package io.defradb.libp2p.protocol.kad;

import io.defradb.error.DefraException;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this host holds for others, in memory: public keys under {@code /pk/<peer id>}, which prove
 * themselves, and who says to provide what. Bounded; the oldest goes first.
 */
final class HeldRecords {
  private static final int VALUES_MAX = 1024;
  private static final int KEYS_MAX = 1024;
  private static final int PROVIDERS_MAX = 20;
  private static final Duration PROVIDER_TTL = Duration.ofHours(48);
  private static final Bytes PK = Bytes.utf8("/pk/");

  private final Map<Bytes, KadRecord> values = new LinkedHashMap<>();
  private final Map<Bytes, Map<PeerId, Provider>> providers = new LinkedHashMap<>();

  private record Provider(PeerAddresses peer, long since) {}

  /** Whether the record proves itself, and is held. */
  boolean put(KadRecord record) {
    if (!isKeyOfItsPeer(record)) {
      return false;
    }
    values.put(record.key(), record);
    dropOldest(values, VALUES_MAX);
    return true;
  }

  @Nullable KadRecord value(Bytes key) {
    return values.get(key);
  }

  void provide(Bytes key, PeerAddresses provider, long now) {
    Map<PeerId, Provider> known = providers.computeIfAbsent(key, any -> new LinkedHashMap<>());
    known.remove(provider.id());
    known.put(provider.id(), new Provider(provider, now));
    dropOldest(known, PROVIDERS_MAX);
    dropOldest(providers, KEYS_MAX);
  }

  List<PeerAddresses> providers(Bytes key, long now) {
    List<PeerAddresses> fresh = new ArrayList<>();
    for (Provider provider : providers.getOrDefault(key, Map.of()).values()) {
      if (now - provider.since() < PROVIDER_TTL.toNanos()) {
        fresh.add(provider.peer());
      }
    }
    return fresh;
  }

  private static boolean isKeyOfItsPeer(KadRecord record) {
    Bytes key = record.key();
    boolean isNamed = key.length() > PK.length() && key.slice(0, PK.length()).equals(PK);
    try {
      return isNamed
          && PeerId.ofKeyMessage(record.value())
              .equals(new PeerId(key.slice(PK.length(), key.length())));
    } catch (DefraException e) {
      return false;
    }
  }

  private static <K, V> void dropOldest(Map<K, V> map, int countMax) {
    if (map.size() > countMax) {
      var oldest = map.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }
}
