package io.defradb.connect.sink;

import io.defradb.connect.sink.mapping.CollectionShape;
import io.defradb.connect.sink.settings.RelationKey;
import io.defradb.connect.sink.settings.SinkSettings;
import io.defradb.connect.sink.write.IngestRoute;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Tries the node while a configuration is being validated: is it there, has it the collections and
 * their fields.
 */
final class NodeProbe {
  private NodeProbe() {}

  static void check(Config config, SinkSettings settings, String topics) {
    try (IngestRoute route = ClientIngestRoute.open(settings)) {
      var collections = new TreeSet<String>();
      for (String topic : topics.split(",")) {
        if (!topic.isBlank() && !settings.isNamedBySource()) {
          collections.add(settings.collection(topic.strip()));
        }
      }
      for (String collection : collections) {
        checkCollection(config, settings, route, collection);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("interrupted", e);
    } catch (DefraException e) {
      fault(config, "defradb.url", "no node answers there: " + e.getMessage());
    }
  }

  private static void checkCollection(
      Config config, SinkSettings settings, IngestRoute route, String collection)
      throws InterruptedException {
    CollectionShape shape;
    try {
      shape = CollectionShape.parse(route.schema(collection));
    } catch (DefraException e) {
      if (e.code() != ErrorCode.COLLECTION_NOT_FOUND) {
        throw e;
      }
      if (!settings.isCreating()) {
        fault(config, "collection.name.format", "the node has no collection " + collection);
      }
      return;
    }
    for (String field : settings.isEvolving() ? List.<String>of() : settings.keyFields()) {
      if (!shape.kinds().containsKey(field)) {
        fault(config, "primary.key.fields", "collection " + collection + " has no field " + field);
      }
    }
    for (RelationKey relation : settings.relationKeys()) {
      if (!shape.kinds().containsKey(relation.relation() + "_id")) {
        fault(
            config,
            "relation.fields",
            "collection " + collection + " has no relation " + relation.relation());
      }
    }
    for (String field : settings.encryptedFields()) {
      if (!shape.kinds().containsKey(field)) {
        fault(
            config,
            "defradb.encrypt.fields",
            "collection " + collection + " has no field " + field);
      }
    }
    for (String field : settings.incrementFields()) {
      if (!shape.counters().contains(field)) {
        fault(
            config,
            "crdt.increment.fields",
            "field " + field + " of collection " + collection + " is no counter");
      }
    }
  }

  private static void fault(Config config, String key, String message) {
    Map<String, ConfigValue> values = new java.util.HashMap<>();
    config.configValues().forEach(value -> values.put(value.name(), value));
    ConfigValue value = values.get(key);
    if (value != null) {
      value.addErrorMessage(key + ": " + message);
    }
  }
}
