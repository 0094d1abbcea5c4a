package io.defradb.acp;

import io.defradb.schema.CollectionVersion;
import io.defradb.schema.Schema;
import java.util.List;

/** Collections without fields. */
final class TestCollections {
  private TestCollections() {}

  static CollectionVersion withPolicy(String policyId, String resource) {
    return new CollectionVersion(
        "Users",
        "version",
        "collection",
        List.of(),
        List.of(),
        List.of(),
        new CollectionVersion.Policy(policyId, resource),
        true,
        true,
        false,
        false,
        List.of(),
        new Schema("version", "collection", "Users", List.of()));
  }
}
