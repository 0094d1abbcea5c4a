package io.defradb.connect.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.client.DefraClient;
import io.defradb.client.settings.NodeSetting;
import io.defradb.connect.source.settings.Guardrail;
import io.defradb.connect.source.settings.SourceConfigDef;
import io.defradb.connect.source.settings.SourceSettings;
import io.defradb.connect.source.settings.SourceValidation;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits of a DefraDB node become change events. */
public final class DefraSourceConnector extends SourceConnector {
  private static final Logger LOG = LoggerFactory.getLogger(DefraSourceConnector.class);

  private Map<String, String> given = Map.of();
  private @Nullable CollectionWatch watch;

  @Override
  public String version() {
    return Version.TEXT;
  }

  @Override
  public void start(Map<String, String> settings) {
    given = Map.copyOf(settings);
    SourceSettings own = SourceSettings.of(given);
    if (!own.choice().isFixed()) {
      var begun = new CollectionWatch(own, context()::requestTaskReconfiguration);
      begun.start();
      watch = begun;
    }
  }

  @Override
  public Class<? extends Task> taskClass() {
    return DefraSourceTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int tasksMax) {
    SourceSettings own = SourceSettings.of(given);
    List<String> collections = collections(own);
    Guardrail guardrail = own.guardrail();
    if (guardrail.isExceededBy(collections.size())) {
      String text = guardrail.text(collections.size());
      if (guardrail.isFailing()) {
        context().raiseError(new ConnectException(text));
        return List.of();
      }
      LOG.warn(text);
    }
    return TaskShards.deal(given, collections, own.shards(), tasksMax);
  }

  private List<String> collections(SourceSettings own) {
    CollectionWatch looking = watch;
    try {
      return looking == null ? own.collections() : looking.look();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("interrupted", e);
    }
  }

  @Override
  public void stop() {
    CollectionWatch running = watch;
    watch = null;
    if (running != null) {
      running.close();
    }
    given = Map.of();
  }

  @Override
  public ConfigDef config() {
    return SourceConfigDef.DEF;
  }

  /**
   * Names every fault at once, each at its key; when all keys are right, tries the node and its
   * collections.
   */
  @Override
  public Config validate(Map<String, String> settings) {
    Config config = super.validate(settings);
    if (SourceValidation.checkKeys(config, settings)) {
      probe(config, SourceSettings.of(settings));
    }
    return config;
  }

  private static void probe(Config config, SourceSettings settings) {
    try {
      DefraClient client = settings.node().client(Clock.systemUTC());
      Set<String> fields = new HashSet<>();
      List<String> present = new ArrayList<>();
      for (String collection : settings.collections()) {
        try {
          addFields(client.collection(collection).path("schema"), fields);
        } catch (DefraException e) {
          if (e.code() != ErrorCode.COLLECTION_NOT_FOUND) {
            throw e;
          }
          SourceValidation.fault(
              config,
              SourceConfigDef.COLLECTIONS,
              "names " + collection + ", which the node does not have");
        }
      }
      if (!settings.choice().isFixed()) {
        for (JsonNode found : client.call("GET", "/collections", null)) {
          addFields(found.path("schema"), fields);
          present.add(found.path("schema").path("Name").asText());
        }
      }
      settings.guardrail().check(config, settings.choice().of(present).size());
      SourceValidation.checkFields(config, settings.filter(), fields);
    } catch (DefraException e) {
      SourceValidation.fault(config, NodeSetting.URL.key(), "leads to no node: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("interrupted", e);
    }
  }

  /** By their names, and by those with the collection's before them. */
  private static void addFields(JsonNode schema, Set<String> fields) {
    for (JsonNode field : schema.path("Fields")) {
      String name = field.path("Name").asText();
      fields.add(name);
      fields.add(schema.path("Name").asText() + "." + name);
    }
  }

  @Override
  public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> settings) {
    return ExactlyOnceSupport.SUPPORTED;
  }

  @Override
  public ConnectorTransactionBoundaries canDefineTransactionBoundaries(
      Map<String, String> settings) {
    return ConnectorTransactionBoundaries.SUPPORTED;
  }

  /** Looks at what an operator wants to set by hand, against the node's feed as it is now. */
  @Override
  public boolean alterOffsets(
      Map<String, String> settings, Map<Map<String, ?>, Map<String, ?>> offsets) {
    OffsetRequest.check(SourceSettings.of(settings), offsets);
    return true;
  }
}
