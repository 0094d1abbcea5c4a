package io.defradb.connect.source.settings;

import io.defradb.client.settings.NodeAccess;
import io.defradb.client.settings.NodeSetting;
import io.defradb.error.DefraException;
import java.util.Objects;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** The keys by which the node is reached, as Connect defines keys. */
final class NodeKeys {
  private static final String GROUP = "Node";

  private NodeKeys() {}

  static void define(ConfigDef def) {
    int order = 1;
    for (NodeSetting setting : NodeSetting.values()) {
      def.define(
          setting.key(),
          type(setting),
          setting.initial(),
          LambdaValidator.with((name, value) -> check(setting, value), setting::range),
          setting == NodeSetting.URL ? Importance.HIGH : Importance.LOW,
          setting.meaning(),
          GROUP,
          order++,
          Width.LONG,
          setting.display());
    }
  }

  static NodeAccess access(AbstractConfig config) {
    try {
      return NodeAccess.of(
          setting -> text(Objects.requireNonNull(config.values().get(setting.key()))));
    } catch (DefraException e) {
      throw new ConfigException(
          NodeSetting.IDENTITY_KEY.key() + " is no key of the type that is set: " + e.getMessage());
    }
  }

  private static Type type(NodeSetting setting) {
    return switch (setting.kind()) {
      case TEXT -> Type.STRING;
      case NUMBER -> Type.LONG;
      case SECRET -> Type.PASSWORD;
    };
  }

  private static void check(NodeSetting setting, Object value) {
    try {
      setting.require(text(value));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(setting.key(), value, e.getMessage());
    }
  }

  private static String text(Object value) {
    return value instanceof Password secret ? secret.value() : String.valueOf(value);
  }
}
