package io.defradb.libp2p.security.tls;

import io.defradb.crypto.Signer;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.security.Security;
import io.defradb.libp2p.transport.Pipe;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * {@code /tls/1.0.0}: TLS 1.3 and nothing older, both sides with certificates. Certificate and
 * context are made at the first handshake. Safe for use by many threads.
 */
public final class TlsSecurity implements Security {
  private static final String NO_MUXER = "libp2p";

  private final Signer identity;
  private final SecureRandom random;
  private final InstantSource clock;
  private @Nullable SSLContext context;

  public TlsSecurity(Signer identity, SecureRandom random, InstantSource clock) {
    this.identity = identity;
    this.random = random;
    this.clock = clock;
  }

  @Override
  public String protocol() {
    return "/tls/1.0.0";
  }

  @Override
  public CompletionStage<Secured> secure(
      Pipe pipe, boolean isDialer, @Nullable PeerId expected, List<String> muxers) {
    return new TlsPipe(pipe, engine(isDialer, muxers), expected, muxers).start();
  }

  /**
   * Shakes hands with itself, in memory: it may take half a second in a fresh process, and the
   * first peer need not wait for that. Harmless when repeated.
   */
  public void rehearse() {
    Rehearsal.run(engine(true, List.of()), engine(false, List.of()));
  }

  private SSLEngine engine(boolean isDialer, List<String> muxers) {
    SSLEngine engine = context().createSSLEngine();
    engine.setUseClientMode(isDialer);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3"});
    parameters.setNeedClientAuth(true);
    parameters.setEndpointIdentificationAlgorithm(null);
    List<String> names = new ArrayList<>(muxers);
    names.add(NO_MUXER);
    parameters.setApplicationProtocols(names.toArray(String[]::new));
    engine.setSSLParameters(parameters);
    return engine;
  }

  private synchronized SSLContext context() {
    if (context == null) {
      try {
        PeerCertificate own = PeerCertificate.make(identity, random, clock.instant());
        SSLContext made = SSLContext.getInstance("TLSv1.3");
        made.init(new KeyManager[] {new OwnKey(own)}, new TrustManager[] {new AnyPeer()}, random);
        context = made;
      } catch (GeneralSecurityException e) {
        throw new DefraException(ErrorCode.INTERNAL, "TLS is not to be had", e);
      }
    }
    return context;
  }
}
