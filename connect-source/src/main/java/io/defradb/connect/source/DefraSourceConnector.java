package io.defradb.connect.source;

import io.defradb.client.DefraClient;
import io.defradb.client.settings.NodeSetting;
import io.defradb.connect.source.settings.SourceConfigDef;
import io.defradb.connect.source.settings.SourceSettings;
import io.defradb.connect.source.settings.SourceValidation;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/** Commits of a DefraDB node become change events. */
public final class DefraSourceConnector extends SourceConnector {
  private Map<String, String> given = Map.of();

  @Override
  public String version() {
    return Version.TEXT;
  }

  @Override
  public void start(Map<String, String> settings) {
    given = Map.copyOf(settings);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return DefraSourceTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int tasksMax) {
    return TaskShards.deal(given, SourceSettings.of(given).shards(), tasksMax);
  }

  @Override
  public void stop() {
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
      for (String collection : settings.collections()) {
        try {
          client.collection(collection);
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
    } catch (DefraException e) {
      SourceValidation.fault(config, NodeSetting.URL.key(), "leads to no node: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("interrupted", e);
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
