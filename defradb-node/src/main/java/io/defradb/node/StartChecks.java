package io.defradb.node;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a configuration may ask for that this build does not have (cli specification, section 4).
 */
final class StartChecks {
  private static final Logger LOG = LoggerFactory.getLogger("db");

  private StartChecks() {}

  static void check(NodeConfig config) {
    NodeConfig.Acp acp = config.acp();
    if (acp.isNodeEnabled() && acp.identity() == null) {
      throw new DefraException(ErrorCode.INVALID_CONFIG, "can not start nac without identity");
    }
    if (acp.isNodeEnabled()) {
      throw new DefraException(
          ErrorCode.UNSUPPORTED, "node access control is not supported by this build");
    }
    switch (acp.documentType()) {
      case "", "none" -> {}
      case "local" -> // nothing goes unprotected: without a policy there is nothing to protect
          LOG.warn("This build has no document access control: policies are refused");
      default ->
          throw new DefraException(
              ErrorCode.INVALID_CONFIG,
              "the selected acp type is not supported by this build",
              "ACP",
              acp.documentType());
    }
  }
}
