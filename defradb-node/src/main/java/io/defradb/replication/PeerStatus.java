package io.defradb.replication;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a replicator has come.
 *
 * @param peerId base58
 * @param isConnected whether a connection to the peer is open now
 * @param acknowledgedSeq the peer has stored every replicated commit up to this entry of the log,
 *     but for the owed documents
 * @param lastSeq the newest entry of the log
 * @param owedDocuments documents whose push failed and is to be repeated
 * @param lastSuccess when the peer acknowledged last; {@code null}: never since the node started
 * @param lastFailure why the last push failed; {@code null}: it did not
 */
public record PeerStatus(
    String peerId,
    boolean isConnected,
    long acknowledgedSeq,
    long lastSeq,
    int owedDocuments,
    @Nullable Instant lastSuccess,
    @Nullable String lastFailure) {
  /** Entries of the log that were not looked at yet. */
  public long lag() {
    return Math.max(0, lastSeq - acknowledgedSeq);
  }
}
