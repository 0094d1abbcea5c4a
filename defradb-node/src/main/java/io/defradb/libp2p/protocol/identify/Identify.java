package io.defradb.libp2p.protocol.identify;

import io.defradb.crypto.Signer;
import io.defradb.error.DefraException;
import io.defradb.libp2p.address.AddressReach;
import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.host.Connection;
import io.defradb.libp2p.host.ConnectionListener;
import io.defradb.libp2p.host.MessageReader;
import io.defradb.libp2p.host.NetworkHost;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.peer.Envelope;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.peer.PeerKeys;
import io.defradb.libp2p.peer.PeerRecord;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.multiformats.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every peer about this host, asks every peer about itself, and gives what it learns to the
 * host: addresses to its peer store, protocols to whoever listens. A change of the host's protocols
 * is pushed to all who take pushes, several changes at once as one.
 */
public final class Identify {
  public static final String PROTOCOL = "/ipfs/id/1.0.0";
  public static final String PUSH_PROTOCOL = "/ipfs/id/push/1.0.0";

  private static final Logger LOG = LoggerFactory.getLogger("net");
  private static final int UNSPLIT_BYTES_MAX = 2048;
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration PUSH_PAUSE = Duration.ofMillis(200);

  private final NetworkHost host;
  private final Signer key;
  private final String agent;
  private final InstantSource clock;
  private boolean isPushDue;

  private Identify(NetworkHost host, Signer key, String agent, InstantSource clock) {
    this.host = host;
    this.key = key;
    this.agent = agent;
    this.clock = clock;
  }

  /** {@code key}: the host's own; {@code agent}: the program, for people to read. */
  public static void serve(NetworkHost host, Signer key, String agent, InstantSource clock) {
    var identify = new Identify(host, key, agent, clock);
    host.handle(List.of(PROTOCOL), identify::answer);
    host.handle(List.of(PUSH_PROTOCOL), identify::readPush);
    host.listen(
        new ConnectionListener() {
          @Override
          public void connected(Connection connection) {
            identify.ask(connection);
          }
        });
    host.onProtocolsChanged(() -> host.loop().execute(identify::changed));
  }

  // Telling.

  private void answer(Stream stream) {
    stream.read(new IdentifyReader(stream, nothing -> {}));
    send(stream);
  }

  private void send(Stream stream) {
    IdentifyMessage message = about(stream.connection());
    Bytes whole = message.encode();
    Bytes record = message.signedPeerRecord();
    if (whole.length() > UNSPLIT_BYTES_MAX && record != null) {
      stream.write(MessageReader.frame(message.withoutRecord().encode()));
      stream.write(MessageReader.frame(IdentifyMessage.ofRecord(record).encode()));
    } else {
      stream.write(MessageReader.frame(whole));
    }
    stream.closeWrite();
  }

  private IdentifyMessage about(Connection connection) {
    boolean isNear = connection.remoteAddress().reach() == AddressReach.LOOPBACK;
    List<Multiaddr> addresses =
        host.addresses().stream()
            .filter(address -> isNear || address.reach() != AddressReach.LOOPBACK)
            .limit(PeerRecord.ADDRESSES_MAX)
            .toList();
    return new IdentifyMessage(
        PeerKeys.encode(key.publicKey()),
        addresses.stream().map(Multiaddr::toBytes).toList(),
        List.copyOf(host.protocols()),
        connection.remoteAddress().toBytes(),
        "",
        agent,
        new PeerRecord(host.id(), seq(), addresses).seal(key).encode());
  }

  /** Nanoseconds of the clock, so that a restarted host's records are newer. */
  private long seq() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  private void changed() {
    if (!isPushDue) {
      isPushDue = true;
      host.loop().schedule(PUSH_PAUSE, this::pushAll);
    }
  }

  private void pushAll() {
    isPushDue = false;
    for (Connection connection : host.connections()) {
      if (connection.protocols().contains(PUSH_PROTOCOL)) {
        connection.open(List.of(PUSH_PROTOCOL)).thenAccept(this::push);
      }
    }
  }

  private void push(Stream stream) {
    stream.read(new IdentifyReader(stream, nothing -> {}));
    send(stream);
    stream.connection().loop().schedule(LIMIT, stream::reset);
  }

  // Learning.

  private void ask(Connection connection) {
    connection
        .open(List.of(PROTOCOL))
        .whenComplete(
            (stream, failure) -> {
              if (failure != null) {
                LOG.debug("A peer does not identify itself", failure);
              } else {
                read(stream, message -> learn(connection, message));
                stream.closeWrite();
              }
            });
  }

  private void readPush(Stream stream) {
    read(
        stream,
        message -> {
          stream.closeWrite();
          learn(stream.connection(), message);
        });
  }

  private static void read(Stream stream, Consumer<IdentifyMessage> taker) {
    EventLoop.Timer timer = stream.connection().loop().schedule(LIMIT, stream::reset);
    stream.read(
        new IdentifyReader(
            stream,
            message -> {
              timer.cancel();
              taker.accept(message);
            }));
  }

  private void learn(Connection connection, IdentifyMessage message) {
    PeerId peer = connection.remotePeer();
    if (!certified(peer, message)) {
      List<Multiaddr> told =
          message.listenAddresses().stream()
              .map(Multiaddr::read)
              .flatMap(Optional::stream)
              .limit(PeerRecord.ADDRESSES_MAX)
              .toList();
      if (!told.isEmpty()) {
        host.peers().replace(new PeerAddresses(peer, told));
      }
    }
    if (!message.protocols().isEmpty()) {
      host.identified(connection, new LinkedHashSet<>(message.protocols()));
    }
  }

  private boolean certified(PeerId peer, IdentifyMessage message) {
    Bytes record = message.signedPeerRecord();
    if (record == null) {
      return false;
    }
    try {
      Envelope envelope = Envelope.decode(record);
      if (!PeerRecord.open(envelope).peer().equals(peer)) {
        return false;
      }
      host.peers().certify(envelope);
      return true;
    } catch (DefraException fault) {
      LOG.atDebug()
          .addKeyValue("Peer", peer)
          .addKeyValue("Error", fault.getMessage())
          .log("A peer's record was refused");
      return false;
    }
  }
}
