package io.defradb.libp2p.peer;

import io.defradb.libp2p.address.Multiaddr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known about peers: addresses, protocols, signed records. Held in memory, bounded: at most
 * {@link #PEERS_MAX} peers, of which the one that was asked or told about least recently goes
 * first, and {@link #ADDRESSES_MAX} addresses of one. Safe for use by many threads.
 */
public final class PeerStore {
  public static final int PEERS_MAX = 4096;
  public static final int ADDRESSES_MAX = 32;
  public static final int PROTOCOLS_MAX = 256;

  private final Map<PeerId, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /** One peer; guarded by the store. */
  private static final class Entry {
    private final Set<Multiaddr> addresses = new LinkedHashSet<>();
    private Set<String> protocols = Set.of();
    private long recordSeq = -1;
    private @Nullable Envelope signedRecord;
  }

  /** Adds addresses, the newest first; those known already move to the front. */
  public synchronized void add(PeerAddresses peer) {
    if (!peer.addresses().isEmpty()) {
      put(entry(peer.id()), peer.addresses());
    }
  }

  /** What the peer itself told: its addresses replace those it told before. */
  public synchronized void replace(PeerAddresses peer) {
    Entry entry = entry(peer.id());
    entry.addresses.clear();
    put(entry, peer.addresses());
  }

  private static void put(Entry entry, List<Multiaddr> newest) {
    var kept = new LinkedHashSet<Multiaddr>(newest);
    kept.addAll(entry.addresses);
    entry.addresses.clear();
    kept.stream().limit(ADDRESSES_MAX).forEach(entry.addresses::add);
  }

  /** An address that does not work is forgotten. */
  public synchronized void forget(PeerId peer, Multiaddr address) {
    Entry entry = entries.get(peer);
    if (entry != null) {
      entry.addresses.remove(address);
    }
  }

  /** Best first; empty for a peer that is not known. */
  public synchronized List<Multiaddr> addresses(PeerId peer) {
    Entry entry = entries.get(peer);
    return entry == null ? List.of() : new ArrayList<>(entry.addresses);
  }

  /** What the peer spoke when it was last identified. */
  public synchronized Set<String> protocols(PeerId peer) {
    Entry entry = entries.get(peer);
    return entry == null ? Set.of() : entry.protocols;
  }

  /** At most {@link #PROTOCOLS_MAX} are kept. */
  public synchronized void setProtocols(PeerId peer, Set<String> protocols) {
    var kept = new LinkedHashSet<String>();
    protocols.stream().limit(PROTOCOLS_MAX).forEach(kept::add);
    entry(peer).protocols = Set.copyOf(kept);
  }

  /**
   * Takes a signed record, with the addresses in it. False for one that is older than the one here.
   * Throws {@code SIGNATURE_INVALID} unless the peer that it is about made it.
   */
  public boolean certify(Envelope envelope) {
    PeerRecord record = PeerRecord.open(envelope);
    synchronized (this) {
      Entry entry = entry(record.peer());
      if (entry.recordSeq >= 0 && Long.compareUnsigned(record.seq(), entry.recordSeq) < 0) {
        return false;
      }
      entry.recordSeq = record.seq();
      entry.signedRecord = envelope;
      entry.addresses.clear();
      put(entry, record.addresses());
      return true;
    }
  }

  /** The newest record that the peer signed, to be passed on to others. */
  public synchronized Optional<Envelope> signedRecord(PeerId peer) {
    Entry entry = entries.get(peer);
    return entry == null ? Optional.empty() : Optional.ofNullable(entry.signedRecord);
  }

  private Entry entry(PeerId peer) {
    Entry entry = entries.computeIfAbsent(peer, any -> new Entry());
    if (entries.size() > PEERS_MAX) {
      var oldest = entries.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    return entry;
  }
}
