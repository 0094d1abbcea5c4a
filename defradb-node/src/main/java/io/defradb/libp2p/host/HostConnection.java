package io.defradb.libp2p.host;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.multistream.Proposal;
import io.defradb.libp2p.multistream.Response;
import io.defradb.libp2p.muxer.MuxedStream;
import io.defradb.libp2p.muxer.Muxer;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.libp2p.transport.Pipe;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection of a {@link NetworkHost}: its muxer, and the negotiation of its streams. */
final class HostConnection implements Connection, Muxer.Listener {
  private static final Logger LOG = LoggerFactory.getLogger("net");

  private final PeerId peer;
  private final Pipe pipe;
  private final boolean isOutbound;
  private final HandlerTable handlers;
  private final HostSettings settings;
  private final Consumer<HostConnection> onClose;
  private final long openedNanos;
  private final Muxer muxer;
  private volatile Set<String> protocols = Set.of();
  private volatile boolean isOpen = true;
  private volatile int streamCount;

  /** On the pipe's loop; {@code onClose} is called there, once. */
  HostConnection(
      Upgrader.Upgraded upgraded,
      boolean isOutbound,
      HandlerTable handlers,
      HostSettings settings,
      Consumer<HostConnection> onClose) {
    this.peer = upgraded.peer();
    this.pipe = upgraded.pipe();
    this.isOutbound = isOutbound;
    this.handlers = handlers;
    this.settings = settings;
    this.onClose = onClose;
    this.openedNanos = pipe.loop().nanoTime();
    this.muxer = upgraded.muxer().over(pipe, isOutbound, this);
  }

  void start() {
    muxer.start();
  }

  @Override
  public PeerId remotePeer() {
    return peer;
  }

  @Override
  public Multiaddr remoteAddress() {
    return pipe.remoteAddress();
  }

  @Override
  public Multiaddr localAddress() {
    return pipe.localAddress();
  }

  @Override
  public boolean isOutbound() {
    return isOutbound;
  }

  @Override
  public boolean isOpen() {
    return isOpen;
  }

  @Override
  public Set<String> protocols() {
    return protocols;
  }

  void identified(Set<String> spoken) {
    protocols = Set.copyOf(spoken);
  }

  @Override
  public EventLoop loop() {
    return pipe.loop();
  }

  /** How much the connection is used, at a glance. */
  int streamCount() {
    return streamCount;
  }

  long ageNanos() {
    return pipe.loop().nanoTime() - openedNanos;
  }

  @Override
  public CompletionStage<Stream> open(List<String> wanted) {
    var opened = new CompletableFuture<Stream>();
    loop()
        .run(
            () -> {
              try {
                openInside(wanted, opened);
              } catch (DefraException refused) {
                opened.completeExceptionally(refused);
              }
            });
    return opened;
  }

  private void openInside(List<String> wanted, CompletableFuture<Stream> opened) {
    if (!isOpen) {
      throw new DefraException(ErrorCode.PEER_CLOSED, "the connection is closed");
    }
    Set<String> spoken = protocols;
    Optional<String> known = wanted.stream().filter(spoken::contains).findFirst();
    var proposal = new Proposal(known.map(List::of).orElse(wanted));
    MuxedStream muxed = muxer.open();
    streamCount = muxer.streamCount();
    var stream = new HostStream(this, muxed, proposal);
    if (known.isPresent()) {
      opened.complete(stream.openLazily(known.get()));
      return;
    }
    EventLoop.Timer timer =
        loop().schedule(settings.negotiationLimit(), () -> late(stream, opened));
    stream
        .negotiate()
        .whenComplete(
            (agreed, failure) -> {
              timer.cancel();
              if (failure != null) {
                opened.completeExceptionally(Failures.unwrap(failure));
              } else if (!opened.complete(agreed)) {
                agreed.reset();
              }
            });
  }

  private static void late(HostStream stream, @Nullable CompletableFuture<Stream> opened) {
    if (opened != null) {
      opened.completeExceptionally(
          new DefraException(ErrorCode.PEER_TIMEOUT, "the peer does not answer on a new stream"));
    }
    stream.reset();
  }

  @Override
  public void opened(MuxedStream muxed) {
    var stream = new HostStream(this, muxed, new Response(handlers::has));
    EventLoop.Timer timer =
        loop().schedule(settings.inboundNegotiationLimit(), () -> late(stream, null));
    stream
        .negotiate()
        .whenComplete(
            (agreed, failure) -> {
              timer.cancel();
              if (failure == null) {
                serve(agreed);
              }
            });
  }

  private void serve(HostStream stream) {
    streamCount = muxer.streamCount();
    Optional<StreamHandler> handler = handlers.handler(stream.protocol());
    if (handler.isPresent()) {
      stream.serve(handler.get());
    } else {
      stream.reset();
    }
  }

  @Override
  public void closed(DefraException cause) {
    isOpen = false;
    LOG.atDebug()
        .addKeyValue("Peer", peer)
        .addKeyValue("Address", remoteAddress())
        .addKeyValue("Reason", cause.getMessage())
        .log("A connection ended");
    onClose.accept(this);
  }

  @Override
  public void close() {
    loop().run(muxer::close);
  }

  @Override
  public String toString() {
    return peer + " at " + remoteAddress();
  }
}
