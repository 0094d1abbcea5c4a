package io.defradb.telemetry;

/** The names of all metrics. Added, never renamed or reused. */
public final class MetricNames {
  /** Requests answered. */
  public static final String HTTP_REQUESTS = "defradb.http.requests";

  /** Requests answered with a status from 400 on. */
  public static final String HTTP_FAILURES = "defradb.http.failures";

  /** Requests and connections turned away because the node was full. */
  public static final String HTTP_REFUSED = "defradb.http.refused";

  /** Seconds spent answering. */
  public static final String HTTP_SECONDS = "defradb.http.answer.seconds";

  public static final String HTTP_CONNECTIONS = "defradb.http.connections";

  /** Answers that are being streamed. */
  public static final String HTTP_STREAMS = "defradb.http.streams";

  /** Bytes the store takes. */
  public static final String STORE_BYTES = "defradb.store.bytes";

  /** The latest number of the log. */
  public static final String LOG_SEQ = "defradb.log.seq";

  /** Bytes of Java heap in use. */
  public static final String HEAP_BYTES = "defradb.heap.used.bytes";

  /** Seconds since the process began. */
  public static final String UPTIME = "defradb.uptime";

  /** Connections to peers that are open. */
  public static final String PEER_CONNECTIONS = "defradb.peer.connections";

  /** Entries of the log that a replicator has not looked at yet; by {@link #PEER}. */
  public static final String REPLICATOR_LAG = "defradb.replicator.lag";

  /** Documents whose push failed and is to be repeated; by {@link #PEER}. */
  public static final String REPLICATOR_OWED = "defradb.replicator.owed";

  /** Whether a connection to the peer is open, 0 or 1; by {@link #PEER}. */
  public static final String REPLICATOR_CONNECTED = "defradb.replicator.connected";

  /** When the peer acknowledged last, in seconds since 1970; by {@link #PEER}. */
  public static final String REPLICATOR_SUCCESS = "defradb.replicator.last.success.seconds";

  /** The label that holds a peer's ID. */
  public static final String PEER = "peer";

  /** Commits that were told here and wait for blocks or keys. */
  public static final String WANTS = "defradb.peer.wants";

  /** Commits not taken because too many were being taken. */
  public static final String LOGS_REFUSED = "defradb.peer.logs.refused";

  /** Messages queued for a peer, each peer counted. */
  public static final String GOSSIP_SENT = "defradb.gossip.sent";

  public static final String GOSSIP_DELIVERED = "defradb.gossip.delivered";

  /**
   * What was dropped; by {@link #REASON}: {@code forged}, {@code unsent}, {@code unheard} and
   * {@code unanswered} messages, {@code untracked} topics of peers.
   */
  public static final String GOSSIP_DROPPED = "defradb.gossip.dropped";

  public static final String BITSWAP_RECEIVED = "defradb.bitswap.blocks.received";

  public static final String BITSWAP_SENT = "defradb.bitswap.blocks.sent";

  /**
   * What was given up; by {@link #REASON}: {@code late} and {@code refused} fetches, {@code
   * unasked} blocks, {@code ignored} wants of peers, {@code unread} ones (which are tried again),
   * {@code unsent} answers.
   */
  public static final String BITSWAP_DROPPED = "defradb.bitswap.dropped";

  /** The label that holds why. */
  public static final String REASON = "reason";

  private MetricNames() {}
}
