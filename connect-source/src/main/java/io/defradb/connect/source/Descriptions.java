package io.defradb.connect.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.client.DefraClient;
import io.defradb.connect.source.record.CollectionDescription;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Collection versions by ID, asked of the node once: a version never changes. Safe for use by many
 * threads; one asks for all that wait.
 */
final class Descriptions {
  private static final int VERSIONS_MAX = 10_000;

  private final DefraClient client;
  private final Map<String, CollectionDescription> known = new HashMap<>();

  Descriptions(DefraClient client) {
    this.client = client;
  }

  synchronized CollectionDescription of(String versionId) {
    CollectionDescription description = known.get(versionId);
    if (description == null) {
      description = ask(versionId);
      if (known.size() < VERSIONS_MAX) {
        known.put(versionId, description);
      }
    }
    return description;
  }

  private CollectionDescription ask(String versionId) {
    JsonNode found = find(versionId);
    int ordinal = 1;
    JsonNode version = found.path("version");
    while (ordinal < VERSIONS_MAX
        && version.path("Sources").path(0).hasNonNull("SourceCollectionID")) {
      version =
          find(version.path("Sources").path(0).path("SourceCollectionID").asText()).path("version");
      ordinal++;
    }
    return CollectionDescription.parse(found.path("schema"), ordinal);
  }

  private JsonNode find(String versionId) {
    try {
      JsonNode found =
          client.call("GET", "/collections?get_inactive=true&version_id=" + versionId, null);
      if (found.isEmpty()) {
        throw new DefraException(
            ErrorCode.SCHEMA_NOT_FOUND,
            "the node does not know a collection version",
            "VersionID",
            versionId);
      }
      return found.get(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("interrupted", e);
    }
  }
}
