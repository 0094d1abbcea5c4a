package io.defradb.fuzz;

import java.nio.file.Path;

/** All targets, by the names they are called by. */
enum FuzzTargets {
  SDL(30_000),
  GRAPHQL(30_000),
  JSON(20_000),
  CBOR(60_000),
  PEER(8_000),
  REQUEST(2_500),
  HTTP(3_000);

  private final long usualInputs;

  FuzzTargets(long usualInputs) {
    this.usualInputs = usualInputs;
  }

  /** What one build tries at most: the same on every machine, about two seconds of a slow one. */
  long usualInputs() {
    return usualInputs;
  }

  /** {@code folder}: where a node may put things. */
  FuzzTarget make(Path folder) {
    return switch (this) {
      case SDL -> new SdlTarget();
      case GRAPHQL -> new GraphqlTarget();
      case JSON -> new JsonTarget();
      case CBOR -> new CborTarget();
      case PEER -> new PeerTarget();
      case REQUEST -> new NodeTarget(folder, true);
      case HTTP -> new NodeTarget(folder, false);
    };
  }
}
