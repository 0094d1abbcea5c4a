package io.defradb.http.endpoint.node;

import java.util.Optional;

/** What the endpoints need of the running node. Safe for use by many threads. */
public interface NodeControl {
  /** Public key in hex and DID. */
  record PublicIdentity(String publicKeyHex, String did) {}

  /** Empty on a node without a keyring. */
  Optional<PublicIdentity> identity();

  /** Whether {@link #purge} is allowed. */
  boolean isDevelopment();

  /** Deletes everything and starts again in place; returns when the empty node answers. */
  void purge();

  /** Logs what the store holds, for a developer to read. */
  void dump();

  /** The metrics page in the Prometheus text format. */
  String metrics();
}
