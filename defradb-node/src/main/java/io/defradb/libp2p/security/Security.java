package io.defradb.libp2p.security;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.transport.Pipe;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A protocol that secures a pipe. */
public interface Security {
  /** The name by which it is negotiated. */
  String protocol();

  /**
   * Runs the handshake on the pipe's loop, from where it is called. Completes there, with the pipe
   * inside; whoever goes on sets its reader in that moment. Fails with {@code PEER_FAULT}, {@code
   * PEER_CLOSED}; it is the caller who closes the pipe then, and who sets a limit of time.
   *
   * @param expected whom the dialler wants; {@code null}: whoever it is
   * @param muxers ours, best first, for protocols that can agree on one within the handshake
   */
  CompletionStage<Secured> secure(
      Pipe pipe, boolean isDialer, @Nullable PeerId expected, List<String> muxers);

  /**
   * A pipe to a peer that proved who it is.
   *
   * @param muxer agreed on already; {@code null}: still to be negotiated inside
   */
  record Secured(Pipe pipe, PeerId peer, @Nullable String muxer) {}
}
