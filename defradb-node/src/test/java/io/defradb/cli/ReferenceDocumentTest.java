package io.defradb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.cli.command.Command;
import io.defradb.cli.command.Entry;
import io.defradb.cli.command.Flag;
import io.defradb.cli.command.Group;
import io.defradb.cli.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The tables of {@code docs/reference/cli.md} and {@code configuration.md} are made from the code:
 * this test makes them and compares. What stands above the mark is written by hand.
 */
class ReferenceDocumentTest {
  private static final Path HOME =
      Path.of(System.getProperty("defradb.home", "..")).toAbsolutePath().normalize();
  private static final String MARK =
      "\n<!-- Below: made from the code, kept current by ReferenceDocumentTest. -->\n";

  @Test
  void theCommandsAreThoseOfTheCode() throws IOException {
    var text = new StringBuilder();
    Group root = Main.root();
    text.append("\n## Flags of every command\n\n").append(flags(root.flags()));
    chapter(text, root.name(), root);
    compare("cli.md", text.toString());
  }

  private static void chapter(StringBuilder text, String path, Group group) {
    for (Entry entry : group.entries().get()) {
      String name = path + " " + entry.name();
      boolean isTop = path.indexOf(' ') < 0;
      text.append(isTop ? "\n## `" : "\n### `").append(name);
      if (entry instanceof Command command && !command.arguments().text().isEmpty()) {
        text.append(' ').append(command.arguments().text());
      }
      text.append("`\n\n").append(entry.summary()).append(".\n");
      if (!entry.flags().isEmpty()) {
        text.append('\n').append(flags(entry.flags()));
      }
      if (entry instanceof Command command && !command.required().isEmpty()) {
        text.append("\nRequired: `--")
            .append(String.join("`, `--", command.required()))
            .append("`.\n");
      }
      if (entry instanceof Group below) {
        chapter(text, name, below);
      }
    }
  }

  private static String flags(List<Flag> flags) {
    var text = new StringBuilder("| flag | takes | default | meaning |\n|---|---|---|---|\n");
    flags.stream()
        .sorted(Comparator.comparing(Flag::name))
        .forEach(
            flag ->
                text.append("| `--")
                    .append(flag.name())
                    .append(flag.letter() == null ? "`" : "`, `-" + flag.letter() + "`")
                    .append(" | ")
                    .append(flag.kind().name().toLowerCase(Locale.ROOT))
                    .append(" | ")
                    .append(code(flag.initial().replace("\"", "")))
                    .append(" | ")
                    .append(escaped(flag.summary()))
                    .append(" |\n"));
    return text.toString();
  }

  @Test
  void theSettingsAreThoseOfTheCode() throws IOException {
    var text =
        new StringBuilder(
            "\n## All settings\n\n"
                + "| key | environment | flag | default | meaning |\n|---|---|---|---|---|\n");
    for (Setting setting : Setting.values()) {
      text.append("| `")
          .append(setting.key())
          .append("` | `")
          .append(setting.variable())
          .append("` | ")
          .append(code(setting.flag() == null ? "" : "--" + setting.flag()))
          .append(" | ")
          .append(code(String.valueOf(setting.initial())))
          .append(" | ")
          .append(escaped(setting.summary()))
          .append(" |\n");
    }
    compare("configuration.md", text.toString());
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  private static String escaped(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
  }

  private static void compare(String name, String made) throws IOException {
    Path kept = HOME.resolve("docs/reference").resolve(name);
    String text = Files.readString(kept);
    assertThat(text).contains(MARK);
    String byHand = text.substring(0, text.indexOf(MARK) + MARK.length());
    Path proposed = HOME.resolve("defradb-node/target/" + name);
    Files.writeString(proposed, byHand + made);
    assertThat(text)
        .as("copy %s to %s", HOME.relativize(proposed), HOME.relativize(kept))
        .isEqualTo(byHand + made);
  }
}
