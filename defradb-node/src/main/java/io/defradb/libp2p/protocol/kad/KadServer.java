package io.defradb.libp2p.protocol.kad;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.host.Host;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers the requests of others. On the host's loop. */
final class KadServer {
  private static final int KEY_BYTES_MAX = 80;

  private final Host host;
  private final KadSettings settings;
  private final RoutingTable table;
  private final HeldRecords records = new HeldRecords();

  KadServer(Host host, KadSettings settings, RoutingTable table) {
    this.host = host;
    this.settings = settings;
    this.table = table;
  }

  /** Empty for a request that has no answer. Throws {@code PEER_FAULT}: the stream is reset. */
  Optional<KadMessage> answer(PeerId asker, KadMessage request) {
    Bytes key = request.key();
    boolean needsKey = request.type() != KadMessage.Type.PING;
    if (needsKey && (key.isEmpty() || key.length() > KEY_BYTES_MAX)) {
      throw new DefraException(ErrorCode.PEER_FAULT, "kad request with an invalid key");
    }
    return switch (request.type()) {
      case PING -> Optional.of(request);
      case FIND_NODE -> Optional.of(found(asker, key));
      case GET_PROVIDERS ->
          Optional.of(
              new KadMessage(
                  request.type(),
                  key,
                  null,
                  nearer(asker, key),
                  describe(records.providers(key, host.loop().nanoTime()))));
      case GET_VALUE ->
          Optional.of(
              new KadMessage(
                  request.type(), key, records.value(key), nearer(asker, key), List.of()));
      case PUT_VALUE -> Optional.of(stored(request));
      case ADD_PROVIDER -> {
        provide(asker, request);
        yield Optional.empty();
      }
    };
  }

  /** The target too when it is known where it is, this host included; the asker never. */
  private KadMessage found(PeerId asker, Bytes key) {
    List<PeerAddresses> closest = new ArrayList<>();
    if (key.equals(host.id().bytes())) {
      closest.add(new PeerAddresses(host.id(), host.addresses()));
    }
    table
        .closest(KadKey.of(key), settings.bucketMax(), peer -> isToBeTold(peer, asker))
        .forEach(peer -> closest.add(known(peer)));
    target(key)
        .filter(peer -> isToBeTold(peer, asker) && !table.has(peer))
        .ifPresent(peer -> closest.add(known(peer)));
    closest.removeIf(peer -> peer.addresses().isEmpty());
    return new KadMessage(
        KadMessage.Type.FIND_NODE, Bytes.EMPTY, null, describe(closest), List.of());
  }

  private boolean isToBeTold(PeerId peer, PeerId asker) {
    return !peer.equals(asker) && !peer.equals(host.id());
  }

  private static Optional<PeerId> target(Bytes key) {
    try {
      return Optional.of(new PeerId(key));
    } catch (DefraException e) {
      return Optional.empty(); // a made-up key, of a refresh
    }
  }

  private List<KadPeer> nearer(PeerId asker, Bytes key) {
    return describe(
        table
            .closest(KadKey.of(key), settings.bucketMax(), peer -> isToBeTold(peer, asker))
            .stream()
            .map(this::known)
            .filter(peer -> !peer.addresses().isEmpty())
            .toList());
  }

  private PeerAddresses known(PeerId peer) {
    return new PeerAddresses(peer, host.peers().addresses(peer));
  }

  private List<KadPeer> describe(List<PeerAddresses> peers) {
    Set<PeerId> connected = new HashSet<>();
    host.connections().forEach(connection -> connected.add(connection.remotePeer()));
    return peers.stream().map(peer -> KadPeer.of(peer, connected.contains(peer.id()))).toList();
  }

  private KadMessage stored(KadMessage request) {
    KadRecord record = request.record();
    if (record == null || !record.key().equals(request.key()) || !records.put(record)) {
      throw new DefraException(ErrorCode.PEER_FAULT, "kad record that proves nothing");
    }
    return request;
  }

  /** Only who provides may say so. */
  private void provide(PeerId sender, KadMessage request) {
    for (KadPeer provider : request.providers()) {
      List<Multiaddr> usable = provider.addresses().stream().filter(settings.isUsable()).toList();
      if (provider.id().equals(sender.bytes())) {
        records.provide(request.key(), new PeerAddresses(sender, usable), host.loop().nanoTime());
      }
    }
  }
}
