package io.defradb.node;

import io.defradb.acp.NodeAccess;
import io.defradb.db.Database;
import io.defradb.db.Transaction;
import io.defradb.db.log.Origin;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.identity.Identity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Node access control at the start: enabled once, then as it was left. */
final class NodeAccessStart {
  private static final Logger LOG = LoggerFactory.getLogger("db");

  private NodeAccessStart() {}

  /** Throws INVALID_CONFIG when it is to be enabled for nobody. */
  static void run(Database database, NodeConfig.Acp config) {
    try (Transaction transaction = database.begin(Origin.LOCAL)) {
      NodeAccess access = transaction.nodeAccess();
      switch (access.status()) {
        case NOT_CONFIGURED -> configure(transaction, config);
        case ENABLED ->
            LOG.info(
                config.isNodeEnabled()
                    ? "Starting with nac (was already enabled, ignoring request to configure nac at"
                        + " start)"
                    : "Starting with nac (can't disable nac from start cmd, use the nac disable cmd"
                        + " instead)");
        case DISABLED ->
            LOG.info(
                config.isNodeEnabled()
                    ? "Starting with nac temporarily disabled (use the nac re-enable cmd to"
                        + " re-enable nac)"
                    : "Starting with nac already temporarily disabled, ignoring cmd for disabling"
                        + " nac");
      }
    }
  }

  private static void configure(Transaction transaction, NodeConfig.Acp config) {
    if (!config.isNodeEnabled()) {
      LOG.info("Starting without nac (not configured/setup)");
      return;
    }
    Identity identity = config.identity();
    if (identity == null) {
      throw new DefraException(ErrorCode.INVALID_CONFIG, "can not start nac without identity");
    }
    transaction.nodeAccess().configure(identity.did());
    transaction.commit();
    LOG.info("Starting with nac, successfully configured and enabled nac");
  }
}
