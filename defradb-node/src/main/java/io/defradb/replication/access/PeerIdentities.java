package io.defradb.replication.access;

import io.defradb.acp.Asker;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.identity.BearerTokens;
import io.defradb.identity.Identity;
import io.defradb.ipld.CborReader;
import io.defradb.ipld.CborWriter;
import io.defradb.libp2p.host.Connection;
import io.defradb.libp2p.host.ConnectionListener;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import io.defradb.replication.pushlog.CborFields;
import io.defradb.replication.rpc.RpcClient;
import io.defradb.replication.rpc.RpcHandler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Who peers are: each proves its identity by a token made for who asks. An answer is kept while the
 * peer is connected, a failure for a moment only. Tells the own identity alike. Safe for use by
 * many threads; nothing blocks.
 */
public final class PeerIdentities implements ConnectionListener {
  public static final String METHOD = "GetIdentity";

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration TOKEN_LIFETIME = Duration.ofHours(24);
  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration FAILURE_KEPT = Duration.ofSeconds(5);
  private static final int PEERS_MAX = 4096;
  private static final String PEER_ID = "PeerID";
  private static final String TOKEN = "IdentityToken";

  private final RpcClient client;
  private final PeerId self;
  private final @Nullable Identity identity;
  private final InstantSource clock;
  private final Map<PeerId, Known> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PeerId, Known> eldest) {
          return size() > PEERS_MAX;
        }
      };

  /** {@code until}: {@code null} while the peer is being asked. */
  private record Known(CompletableFuture<Asker> asker, @Nullable Instant until) {}

  /** {@code identity}: what peers are told; {@code null}: nothing. */
  public PeerIdentities(
      RpcClient client, PeerId self, @Nullable Identity identity, InstantSource clock) {
    this.client = client;
    this.self = self;
    this.identity = identity;
    this.clock = clock;
  }

  /** Never fails: a peer that proves no identity is nobody in particular. */
  public CompletionStage<Asker> of(PeerId peer) {
    var asking = new CompletableFuture<Asker>();
    synchronized (known) {
      Known kept = known.get(peer);
      if (kept != null && (kept.until == null || kept.until.isAfter(clock.instant()))) {
        return kept.asker;
      }
      known.put(peer, new Known(asking, null));
    }
    ask(peer)
        .whenComplete(
            (asker, failure) -> {
              Duration lifetime = failure == null && !asker.isAnonymous() ? KEPT : FAILURE_KEPT;
              synchronized (known) {
                known.computeIfPresent(
                    peer,
                    (same, current) ->
                        current.asker == asking
                            ? new Known(asking, clock.instant().plus(lifetime))
                            : current);
              }
              asking.complete(failure == null ? asker : Asker.ANONYMOUS);
            });
    return asking;
  }

  private CompletionStage<Asker> ask(PeerId peer) {
    byte[] request = new CborWriter(64).mapHeader(1).text(PEER_ID).text(self.toString()).toBytes();
    return client
        .call(peer, METHOD, Bytes.wrap(request), LIMIT)
        .thenApply(
            reply -> {
              Bytes token = token(reply);
              return token == null
                  ? Asker.ANONYMOUS
                  : new Asker(
                      BearerTokens.verify(token.toUtf8(), self.toString(), clock.instant()).did());
            });
  }

  private static @Nullable Bytes token(Bytes reply) {
    var fields = new CborFields(reply);
    Bytes token = null;
    while (fields.hasNext()) {
      boolean isToken = fields.next().equalsIgnoreCase(TOKEN);
      if (isToken && fields.value().peek() == CborReader.Type.BYTES) {
        token = fields.value().bytes();
      } else {
        fields.skip();
      }
    }
    return token;
  }

  /** The peer may come back as somebody else. */
  @Override
  public void disconnected(Connection connection) {
    synchronized (known) {
      known.remove(connection.remotePeer());
    }
  }

  /**
   * Serves the call. A token is made for nobody but the caller, who could else speak for this node
   * to whom it was made for.
   */
  public RpcHandler handler() {
    return (caller, request) -> {
      try {
        return CompletableFuture.completedFuture(answer(caller, request));
      } catch (RuntimeException refused) {
        return CompletableFuture.failedFuture(refused);
      }
    };
  }

  private Bytes answer(PeerId caller, Bytes request) {
    var fields = new CborFields(request);
    String audience = "";
    while (fields.hasNext()) {
      if (fields.next().equalsIgnoreCase(PEER_ID)) {
        audience = fields.value().text();
      } else {
        fields.skip();
      }
    }
    if (!audience.equals(caller.toString())) {
      throw new DefraException(
          ErrorCode.PEER_FAULT, "an identity is told to the peer itself only", "PeerID", audience);
    }
    var reply = new CborWriter(256).mapHeader(1).text(TOKEN);
    if (identity == null) {
      reply.nullValue();
    } else {
      String token = BearerTokens.mint(identity, audience, clock.instant(), TOKEN_LIFETIME);
      reply.bytes(Bytes.utf8(token));
    }
    return Bytes.wrap(reply.toBytes());
  }
}
