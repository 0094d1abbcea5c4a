package io.defradb.connect.source.record;

import io.defradb.connect.source.settings.EventLook;
import io.defradb.connect.source.settings.SourceSettings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The schemas of each collection version, made once. Safe for use by many threads; the one that
 * asks first waits for the node.
 */
public final class VersionSchemas {
  private final SourceSettings settings;
  private final Function<String, CollectionDescription> descriptions;
  private final Map<String, EventSchemas> known = new ConcurrentHashMap<>();

  /** {@code descriptions}: by schema version ID; asked by one thread at a time. */
  public VersionSchemas(
      SourceSettings settings, Function<String, CollectionDescription> descriptions) {
    this.settings = settings;
    this.descriptions = descriptions;
  }

  /** Throws what {@code descriptions} throws. */
  public EventSchemas of(String schemaVersionId) {
    EventSchemas found = known.get(schemaVersionId);
    return found == null ? make(schemaVersionId) : found;
  }

  /** How the value of a Blob is sent. */
  EventLook.Binary binary() {
    return settings.look().binary();
  }

  private synchronized EventSchemas make(String schemaVersionId) {
    EventSchemas found = known.get(schemaVersionId);
    if (found == null) {
      CollectionDescription collection =
          descriptions.apply(schemaVersionId).only(settings.filter());
      found = EventSchemas.of(settings.topic(collection.name()), settings.look(), collection);
      known.put(schemaVersionId, found);
    }
    return found;
  }
}
