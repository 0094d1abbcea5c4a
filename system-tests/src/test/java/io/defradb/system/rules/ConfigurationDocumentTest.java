package io.defradb.system.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.connect.sink.DefraSinkConnector;
import io.defradb.connect.source.DefraSourceConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

/**
 * The connectors' chapters of the configuration document are made from the code: this test makes
 * them and compares.
 */
class ConfigurationDocumentTest {
  private static final Path HOME =
      Path.of(System.getProperty("defradb.home", "..")).toAbsolutePath().normalize();

  @Test
  void theSourceChapterSaysWhatTheCodeSays() throws IOException {
    compare("source", "Source connector", new DefraSourceConnector().config());
  }

  @Test
  void theSinkChapterSaysWhatTheCodeSays() throws IOException {
    compare("sink", "Sink connector", new DefraSinkConnector().config());
  }

  private static void compare(String name, String title, ConfigDef def) throws IOException {
    String made = chapter(title, def);
    Path proposed = HOME.resolve("system-tests/target/connect-" + name + ".md");
    Files.writeString(proposed, made);
    Path kept = HOME.resolve("docs/configuration/connect-" + name + ".md");
    assertThat(Files.readString(kept))
        .as("copy %s to %s", HOME.relativize(proposed), HOME.relativize(kept))
        .isEqualTo(made);
  }

  private static String chapter(String title, ConfigDef def) {
    var text =
        new StringBuilder(
            "# " + title + "\n\nMade from the code; every key, by group and order.\n");
    for (String group : def.groups()) {
      text.append("\n## ")
          .append(group)
          .append(
              "\n\n| key | type | default | values | importance | meaning |\n|---|---|---|---|---|---|\n");
      List<ConfigDef.ConfigKey> keys =
          def.configKeys().values().stream()
              .filter(key -> group.equals(key.group))
              .sorted(Comparator.comparingInt(key -> key.orderInGroup))
              .toList();
      for (ConfigDef.ConfigKey key : keys) {
        text.append("| `")
            .append(key.name)
            .append("` | ")
            .append(key.type.toString().toLowerCase(java.util.Locale.ROOT));
        text.append(" | ")
            .append(shownDefault(key))
            .append(" | ")
            .append(key.validator == null ? "" : escaped(key.validator.toString()));
        text.append(" | ").append(key.importance.toString().toLowerCase(java.util.Locale.ROOT));
        text.append(" | ").append(escaped(key.documentation)).append(" |\n");
      }
    }
    return text.toString();
  }

  private static String shownDefault(ConfigDef.ConfigKey key) {
    if (!key.hasDefault()) {
      return "required";
    }
    String shown =
        key.type == ConfigDef.Type.PASSWORD
            ? ""
            : key.defaultValue instanceof Class<?> type
                ? type.getSimpleName()
                : String.valueOf(key.defaultValue);
    return shown.isEmpty() || shown.equals("[]") ? "empty" : "`" + shown + "`";
  }

  private static String escaped(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
