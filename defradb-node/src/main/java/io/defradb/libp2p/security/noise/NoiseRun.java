package io.defradb.libp2p.security.noise;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.security.Security;
import io.defradb.libp2p.transport.Pipe;
import io.defradb.libp2p.transport.PipeReader;
import io.defradb.multiformats.Bytes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A handshake on a pipe: its three messages, each behind its length. */
final class NoiseRun implements PipeReader {
  private static final byte[] NO_PAYLOAD = {};

  private final Pipe pipe;
  private final NoiseHandshake handshake;
  private final boolean isDialer;
  private final @Nullable PeerId expected;
  private final NoisePayload own;
  private final NoiseBuffers buffers;
  private final CompletableFuture<Security.Secured> done = new CompletableFuture<>();
  private int received;

  NoiseRun(
      Pipe pipe,
      NoiseHandshake handshake,
      boolean isDialer,
      @Nullable PeerId expected,
      NoisePayload own,
      NoiseBuffers buffers) {
    this.pipe = pipe;
    this.handshake = handshake;
    this.isDialer = isDialer;
    this.expected = expected;
    this.own = own;
    this.buffers = buffers;
  }

  CompletionStage<Security.Secured> start() {
    if (isDialer) {
      send(NO_PAYLOAD);
    }
    pipe.read(this);
    return done;
  }

  private void send(byte[] payload) {
    byte[] message = handshake.write(payload);
    pipe.write(new byte[] {(byte) (message.length >> 8), (byte) message.length}, 0, 2);
    pipe.write(message, 0, message.length);
    pipe.flush();
  }

  @Override
  public void data(ByteBuffer in) {
    while (!done.isDone() && in.remaining() >= NoisePipe.LENGTH_BYTES) {
      int length = in.getShort(in.position()) & 0xffff;
      if (in.remaining() < NoisePipe.LENGTH_BYTES + length) {
        return;
      }
      byte[] message = new byte[length];
      in.position(in.position() + NoisePipe.LENGTH_BYTES);
      in.get(message);
      try {
        step(handshake.read(message));
      } catch (DefraException fault) {
        done.completeExceptionally(fault);
      }
    }
  }

  private void step(byte[] payload) {
    boolean isFirst = received++ == 0;
    if (!isDialer && isFirst) {
      send(own.encode().unsafeArray());
      return;
    }
    NoisePayload remote = NoisePayload.decode(Bytes.wrap(payload));
    PeerId peer = remote.verifiedPeer(handshake.remoteStatic());
    if (expected != null && !expected.equals(peer)) {
      throw new DefraException(
          ErrorCode.PEER_FAULT, "peer id mismatch", "Expected", expected, "Actual", peer);
    }
    if (isDialer) {
      send(own.encode().unsafeArray());
    }
    var inside = new NoisePipe(pipe, handshake.sending(), handshake.receiving(), buffers);
    pipe.read(inside);
    done.complete(new Security.Secured(inside, peer, muxer(remote)));
  }

  /** The first of the dialler's that the other side has, too. */
  private @Nullable String muxer(NoisePayload remote) {
    List<String> diallers = isDialer ? own.muxers() : remote.muxers();
    List<String> others = isDialer ? remote.muxers() : own.muxers();
    return diallers.stream().filter(others::contains).findFirst().orElse(null);
  }

  @Override
  public void closed(DefraException cause) {
    done.completeExceptionally(cause);
  }
}
