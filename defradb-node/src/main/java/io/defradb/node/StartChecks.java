package io.defradb.node;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;

/**
 * What a configuration may ask for that this build does not have (cli specification, section 4).
 */
final class StartChecks {
  private StartChecks() {}

  static void check(NodeConfig config) {
    NodeConfig.Acp acp = config.acp();
    switch (acp.documentType()) {
      case "", "none", "local" -> {}
      default ->
          throw new DefraException(
              ErrorCode.INVALID_CONFIG,
              "the selected acp type is not supported by this build",
              "ACP",
              acp.documentType());
    }
  }
}
