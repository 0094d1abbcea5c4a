package io.defradb.libp2p.security.tls;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.security.LayeredPipe;
import io.defradb.libp2p.security.Security;
import io.defradb.libp2p.transport.Pipe;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's engine between two pipes: first its handshake, then records. Small writes are gathered
 * until they are flushed. What the engine wants computed is computed at once: it takes a
 * millisecond or two of the loop, once a connection. On the pipe's loop.
 */
final class TlsPipe extends LayeredPipe {
  private static final int GATHERED_BYTES_MAX = 16 * 1024;

  private final SSLEngine engine;
  private final @Nullable PeerId expected;
  private final List<String> muxers;
  private final CompletableFuture<Security.Secured> done = new CompletableFuture<>();
  private final ByteBuffer gathered = ByteBuffer.allocate(GATHERED_BYTES_MAX);
  private ByteBuffer sealed = ByteBuffer.allocate(0);
  private boolean isEnding;

  TlsPipe(Pipe below, SSLEngine engine, @Nullable PeerId expected, List<String> muxers) {
    super(below);
    this.engine = engine;
    this.expected = expected;
    this.muxers = muxers;
  }

  CompletionStage<Security.Secured> start() {
    try {
      engine.beginHandshake();
      handshake();
    } catch (SSLException | DefraException fault) {
      done.completeExceptionally(refused(fault));
    }
    below.read(this);
    return done;
  }

  private static DefraException refused(Exception fault) {
    return fault instanceof DefraException ours
        ? ours
        : new DefraException(
            ErrorCode.PEER_FAULT, "TLS failed", "Reason", String.valueOf(fault.getMessage()));
  }

  /** Sends what the engine wants to send, and computes, until it waits for the other side. */
  private void handshake() throws SSLException {
    while (true) {
      HandshakeStatus status = engine.getHandshakeStatus();
      if (status == HandshakeStatus.NEED_TASK) {
        Runnable task = engine.getDelegatedTask();
        while (task != null) {
          task.run();
          task = engine.getDelegatedTask();
        }
      } else if (status == HandshakeStatus.NEED_WRAP) {
        SSLEngineResult result = wrap(ByteBuffer.allocate(0));
        if (result.getStatus() == Status.CLOSED) {
          return;
        }
      } else {
        below.flush();
        if (status == HandshakeStatus.NOT_HANDSHAKING) {
          finishHandshake();
        }
        return;
      }
    }
  }

  private void finishHandshake() throws SSLException {
    if (done.isDone()) {
      return;
    }
    var certificate = (X509Certificate) engine.getSession().getPeerCertificates()[0];
    PeerId peer = PeerCertificate.verifiedPeer(certificate);
    if (expected != null && !expected.equals(peer)) {
      throw new DefraException(
          ErrorCode.PEER_FAULT, "peer id mismatch", "Expected", expected, "Actual", peer);
    }
    String chosen = engine.getApplicationProtocol();
    done.complete(new Security.Secured(this, peer, muxers.contains(chosen) ? chosen : null));
  }

  /** Sends one record. */
  private SSLEngineResult wrap(ByteBuffer plain) throws SSLException {
    int enough = engine.getSession().getPacketBufferSize();
    if (sealed.capacity() < enough) {
      sealed = ByteBuffer.allocate(enough);
    }
    sealed.clear();
    SSLEngineResult result = engine.wrap(plain, sealed);
    below.write(sealed.array(), 0, sealed.position());
    return result;
  }

  @Override
  public void write(byte[] array, int from, int length) {
    int at = from;
    int left = length;
    while (left > 0) {
      int count = Math.min(left, gathered.remaining());
      gathered.put(array, at, count);
      at += count;
      left -= count;
      if (!gathered.hasRemaining()) {
        sendGathered();
      }
    }
  }

  private void sendGathered() {
    gathered.flip();
    try {
      while (gathered.hasRemaining() && !isEnding) {
        if (wrap(gathered).getStatus() != Status.OK) {
          isEnding = true;
        }
      }
    } catch (SSLException fault) {
      isEnding = true;
      fail(refused(fault));
    }
    gathered.clear();
  }

  @Override
  public void flush() {
    if (gathered.position() > 0) {
      sendGathered();
    }
    below.flush();
  }

  @Override
  public void data(ByteBuffer in) {
    try {
      while (!isEnding && unwrap(in)) {}
    } catch (SSLException | DefraException fault) {
      isEnding = true;
      sendAlert();
      fail(refused(fault));
    }
    if (isEnding) {
      in.position(in.limit());
    }
  }

  /** Takes one record; false: it is not whole. */
  private boolean unwrap(ByteBuffer in) throws SSLException {
    if (!in.hasRemaining()) {
      return false;
    }
    // Enough for most records; where the engine wants more room, it has all.
    int room = engine.getSession().getApplicationBufferSize();
    ByteBuffer plain = ByteBuffer.allocate(Math.min(room, in.remaining()));
    SSLEngineResult result = engine.unwrap(in, plain);
    if (result.getStatus() == Status.BUFFER_OVERFLOW) {
      plain = ByteBuffer.allocate(room);
      result = engine.unwrap(in, plain);
    }
    switch (result.getStatus()) {
      case BUFFER_UNDERFLOW -> {
        return false;
      }
      case CLOSED -> {
        isEnding = true;
        fail(new DefraException(ErrorCode.PEER_CLOSED, "the connection was closed by the peer"));
        return false;
      }
      case BUFFER_OVERFLOW -> throw new SSLException("record too large");
      case OK -> {}
    }
    if (result.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING || !done.isDone()) {
      handshake();
    }
    if (plain.position() > 0) {
      input.offer(plain.flip());
    }
    return true;
  }

  private void sendAlert() {
    try {
      engine.closeOutbound();
      wrap(ByteBuffer.allocate(0));
      below.flush();
    } catch (SSLException fault) {
      below.flush(); // nothing more can be said
    }
  }

  private void fail(DefraException cause) {
    if (!done.completeExceptionally(cause)) {
      input.end(cause);
      below.close();
    }
  }

  @Override
  public void closed(DefraException cause) {
    if (!done.completeExceptionally(cause)) {
      input.end(cause);
    }
  }

  @Override
  public void close() {
    input.close();
    flush();
    if (!isEnding) {
      isEnding = true;
      sendAlert();
    }
    below.close();
  }
}
