package io.defradb.db.log;

/** Where the commits of a transaction come from, as the log notes it. */
public sealed interface Origin {
  Origin LOCAL = new Local();

  /** Made on this node. */
  record Local() implements Origin {}

  /** Received from a peer. */
  record Remote(String peerId) implements Origin {}

  /** Made from the records of an external source. */
  record Ingest(String sink) implements Origin {}
}
