package io.defradb.libp2p.security.noise;

import io.defradb.crypto.Signer;
import io.defradb.crypto.X25519;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.security.Security;
import io.defradb.libp2p.transport.Pipe;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** {@code /noise}: the handshake, then a pipe of encrypted messages. Safe for many threads. */
public final class NoiseSecurity implements Security {
  private final Signer identity;
  private final RandomGenerator random;
  private final NoiseBuffers buffers = new NoiseBuffers();

  /** {@code random}: a cryptographic source that many threads may use. */
  public NoiseSecurity(Signer identity, RandomGenerator random) {
    this.identity = identity;
    this.random = random;
  }

  @Override
  public String protocol() {
    return "/noise";
  }

  @Override
  public CompletionStage<Secured> secure(
      Pipe pipe, boolean isDialer, @Nullable PeerId expected, List<String> muxers) {
    NoiseHandshake.KeyPair own = newKeys();
    var handshake = new NoiseHandshake(isDialer, own, newKeys());
    NoisePayload payload = NoisePayload.of(identity, own.publicKey(), muxers);
    return new NoiseRun(pipe, handshake, isDialer, expected, payload, buffers).start();
  }

  private NoiseHandshake.KeyPair newKeys() {
    byte[] secret = new byte[X25519.KEY_BYTES];
    random.nextBytes(secret);
    return NoiseHandshake.KeyPair.of(secret);
  }
}
