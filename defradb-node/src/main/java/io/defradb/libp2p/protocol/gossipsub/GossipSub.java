package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.crypto.Signer;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.host.Connection;
import io.defradb.libp2p.host.ConnectionListener;
import io.defradb.libp2p.host.Host;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.multiformats.Bytes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * {@link PubSub} over a host's streams. Each side opens a stream of its own and writes on that one
 * only; the other it only reads, and never closes, because the reference takes any sign of life
 * there for the peer's end. All decisions are made on the host's loop.
 */
public final class GossipSub implements PubSub, AutoCloseable {
  private static final int REOPENS_MAX = 6;

  /** Of a peer that tells many changes at once: others drop what the window does not take. */
  private static final int BURST_BYTES = 2 << 20;

  private static final Duration REOPEN_DELAY = Duration.ofMillis(500);

  private final Host host;
  private final EventLoop loop;
  private final GossipSettings settings;
  private final MessageSigner signer;
  private final SeenMessages seen;
  private final GossipRouter router;
  private final LinkOutput output;
  private final Map<PeerId, GossipLink> links = new HashMap<>();
  private final Map<String, JoinedTopic> topics = new ConcurrentHashMap<>();
  private final GossipStats stats = new GossipStats();
  private int validations;
  private boolean isClosed;
  private EventLoop.@Nullable Timer heartbeat;

  /**
   * Registers with the host; to be made before the host listens.
   *
   * @param key of the host
   * @param firstSeqno greater than any number used with this key before: the clock in nanoseconds
   */
  public GossipSub(
      Host host, Signer key, long firstSeqno, RandomGenerator random, GossipSettings settings) {
    this.host = host;
    this.loop = host.loop();
    this.settings = settings;
    this.signer = new MessageSigner(key, firstSeqno);
    this.seen = new SeenMessages(settings.seenTtl(), settings.seenMax());
    var introductions = new Introductions(host, settings.dialsMax());
    this.output = new LinkOutput(links, host.peers(), introductions::meet, stats);
    this.router =
        new GossipRouter(host.id(), settings, seen, output, loop::nanoTime, random, stats);
    host.listen(new Connections());
    host.handle(GossipProtocol.ids(), this::accept);
    loop.execute(() -> heartbeat = loop.schedule(settings.firstHeartbeat(), this::beat));
  }

  /** A topic of this host's own. */
  private final class JoinedTopic implements Subscription {
    private final String topic;
    private final Validator validator;
    private final MessageHandler handler;

    JoinedTopic(String topic, Validator validator, MessageHandler handler) {
      this.topic = topic;
      this.validator = validator;
      this.handler = handler;
    }

    @Override
    public String topic() {
      return topic;
    }

    @Override
    public void close() {
      synchronized (topics) { // so that leaving and joining reach the loop in their order
        if (topics.remove(topic, this)) {
          loop.execute(() -> decide(() -> router.leave(topic)));
        }
      }
    }
  }

  @Override
  public Subscription join(String topic, Validator validator, MessageHandler handler) {
    requireName(topic);
    var joined = new JoinedTopic(topic, validator, handler);
    synchronized (topics) {
      if (topics.putIfAbsent(topic, joined) != null) {
        throw new DefraException(
            ErrorCode.INVALID_ARGUMENT, "topic already exists", "Topic", topic);
      }
      loop.execute(() -> decide(() -> router.join(topic)));
    }
    return joined;
  }

  private static void requireName(String topic) {
    if (Bytes.utf8(topic).length() > TOPIC_BYTES_MAX) {
      throw new DefraException(ErrorCode.TOO_LARGE, "the topic's name is too long");
    }
  }

  @Override
  public CompletionStage<Integer> publish(String topic, Bytes data) {
    if (data.length() > DATA_BYTES_MAX) {
      return CompletableFuture.failedFuture(
          new DefraException(
              ErrorCode.TOO_LARGE, "message too large for a topic", "Length", data.length()));
    }
    SignedMessage message = signer.sign(topic, data);
    return ask(() -> router.publish(message));
  }

  @Override
  public CompletionStage<Set<PeerId>> peers(String topic) {
    return ask(() -> router.peers(topic));
  }

  public GossipStats stats() {
    return stats;
  }

  /** The peers in the mesh of a joined topic; a snapshot. */
  public CompletionStage<Set<PeerId>> mesh(String topic) {
    return ask(() -> router.mesh(topic));
  }

  private <T> CompletionStage<T> ask(Supplier<T> question) {
    var answer = new CompletableFuture<T>();
    loop.execute(
        () -> {
          try {
            decide(() -> answer.complete(question.get()));
          } catch (DefraException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  @Override
  public void listen(PeerTopicListener listener) {
    output.listen(listener);
  }

  /** Leaves all topics. */
  @Override
  public void close() {
    topics.values().forEach(JoinedTopic::close);
    GossipProtocol.ids().forEach(host::removeHandler);
    loop.execute(
        () -> {
          isClosed = true;
          if (heartbeat != null) {
            heartbeat.cancel();
          }
        });
  }

  /** Lets the router decide, then sends what came of it. */
  private void decide(Runnable decision) {
    decision.run();
    output.flush();
  }

  private void beat() {
    if (!isClosed) {
      heartbeat = loop.schedule(settings.heartbeat(), this::beat);
      decide(router::heartbeat);
    }
  }

  /** Keeps track of who is connected, and opens a stream to whoever speaks the protocol. */
  private final class Connections implements ConnectionListener {
    @Override
    public void connected(Connection connection) {
      PeerId peer = connection.remotePeer();
      links
          .computeIfAbsent(peer, id -> new GossipLink(id, loop, settings.outboxBytesMax()))
          .connections()
          .add(connection);
    }

    @Override
    public void identified(Connection connection, Set<String> protocols) {
      GossipLink link = links.get(connection.remotePeer());
      if (link != null && GossipProtocol.isSpokenBy(protocols)) {
        decide(() -> talk(link, connection, GossipProtocol.MESHSUB_1_0));
      }
    }

    @Override
    public void disconnected(Connection connection) {
      GossipLink link = links.get(connection.remotePeer());
      if (link != null) {
        link.connections().remove(connection);
        if (link.connections().isEmpty()) {
          links.remove(link.peer());
          router.removePeer(link.peer());
        }
      }
    }
  }

  private void talk(GossipLink link, Connection connection, GossipProtocol protocol) {
    if (!link.isTalking()) {
      link.setTalking();
      router.addPeer(link.peer(), protocol, connection.isOutbound());
    }
    open(link);
  }

  private void open(GossipLink link) {
    if (!isClosed && !link.connections().isEmpty() && link.startsOpening()) {
      Connection connection = link.connections().iterator().next();
      connection
          .open(GossipProtocol.ids())
          .whenComplete((stream, failure) -> loop.run(() -> opened(link, stream)));
    }
  }

  private void opened(GossipLink link, @Nullable Stream stream) {
    GossipProtocol protocol = stream == null ? null : GossipProtocol.byId(stream.protocol());
    if (stream == null || protocol == null) {
      lost(link);
    } else if (links.get(link.peer()) != link) {
      stream.reset();
    } else {
      router.agreed(link.peer(), protocol);
      stream.read(new SilentReader(() -> loop.run(() -> streamLost(link, stream))));
      link.opened(stream);
    }
  }

  private void streamLost(GossipLink link, Stream stream) {
    if (link.isOutbound(stream)) {
      stream.reset();
      decide(() -> router.startAnew(link.peer()));
      lost(link);
    }
  }

  private void lost(GossipLink link) {
    link.lost();
    if (link.failures() <= REOPENS_MAX && links.get(link.peer()) == link) {
      loop.schedule(REOPEN_DELAY.multipliedBy(1L << link.failures()), () -> open(link));
    }
  }

  /** On the connection's loop. */
  private void accept(Stream stream) {
    stream.widen(BURST_BYTES);
    stream.read(new GossipReader(stream, this::isWanted, this::received, stats));
    loop.execute(
        () -> {
          GossipLink link = links.get(stream.remotePeer());
          GossipProtocol protocol = GossipProtocol.byId(stream.protocol());
          if (link != null && protocol != null) {
            link.receivesOn(stream);
            decide(() -> talk(link, stream.connection(), protocol));
          }
        });
  }

  /** On any thread. */
  private boolean isWanted(SignedMessage message) {
    return topics.containsKey(message.topic()) && !seen.has(message.id());
  }

  private void received(Stream stream, Rpc rpc, Runnable done) {
    loop.execute(
        () -> {
          try {
            decide(() -> handle(stream.remotePeer(), rpc));
          } finally {
            done.run(); // or nothing would be read from the peer any more
          }
        });
  }

  private void handle(PeerId sender, Rpc rpc) {
    if (!router.hasPeer(sender)) {
      return;
    }
    router.received(sender, rpc);
    for (SignedMessage message : rpc.messages()) {
      JoinedTopic topic = topics.get(message.topic());
      if (topic != null && validations >= settings.validationsMax()) {
        stats.unheard.increment();
      } else if (topic != null && router.arrived(sender, message)) {
        validate(topic, sender, message);
      }
    }
  }

  private void validate(JoinedTopic topic, PeerId sender, SignedMessage message) {
    TopicMessage received = message.toTopicMessage(sender);
    validations++;
    judge(topic.validator, received)
        .whenComplete(
            (verdict, failure) ->
                loop.run(
                    () -> {
                      validations--;
                      if (failure == null && verdict == Verdict.ACCEPT) {
                        decide(() -> router.accepted(sender, message));
                        deliver(topic, received);
                      }
                    }));
  }

  private static CompletionStage<Verdict> judge(Validator validator, TopicMessage message) {
    try {
      return validator.validate(message);
    } catch (DefraException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void deliver(JoinedTopic topic, TopicMessage message) {
    if (topics.get(topic.topic) == topic) {
      stats.delivered.increment();
      topic.handler.received(message);
    }
  }
}
