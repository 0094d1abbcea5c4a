package io.defradb.fuzz;

import java.nio.file.Path;

/** All targets, by the names they are called by. */
enum FuzzTargets {
  SDL,
  GRAPHQL,
  JSON,
  CBOR,
  PEER,
  REQUEST,
  HTTP;

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
