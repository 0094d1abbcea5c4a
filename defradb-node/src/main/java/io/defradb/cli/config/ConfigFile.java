package io.defradb.cli.config;

import io.defradb.cli.command.CommandFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** {@code config.yaml}: read into keys with dots, in lower case; written nested. */
final class ConfigFile {
  /** What YAML 1.1 reads as a truth value, null, a number, a time or a date. */
  private static final Pattern OTHER_THAN_TEXT =
      Pattern.compile(
          "(?i)true|false|yes|no|on|off|y|n|null|0[xob].*|\\d{4}-\\d\\d?-.*"
              + "|[-+.]?\\d[\\d_]*(\\.[\\d_]*)?(e[-+]?\\d+)?|[-+]?\\d[\\d_]*(:[0-5]?\\d)+(\\.[\\d_]*)?");

  private ConfigFile() {}

  /** Empty when there is no file. */
  static Map<String, Object> read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (IOException e) {
      throw new CommandFault("open " + file + ": " + e.getMessage(), e);
    }
    Map<String, Object> values = new TreeMap<>();
    try {
      Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
      if (root instanceof Map<?, ?> map) {
        flatten("", map, values);
      } else if (root != null) {
        throw new CommandFault("While parsing config: yaml: the file holds no settings");
      }
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw new CommandFault("While parsing config: yaml: line " + line + ": " + e.getProblem(), e);
    } catch (YAMLException e) {
      throw new CommandFault("While parsing config: yaml: " + e.getMessage(), e);
    }
    return values;
  }

  /** {@code values}: a text, a {@code Boolean}, a {@code Long} or a list of texts by key. */
  static String write(String rootFlag, Map<String, Object> values) {
    var text = new StringBuilder("\"\": ").append(scalar(rootFlag, true)).append('\n');
    String[] open = {};
    for (Map.Entry<String, Object> entry : new TreeMap<>(values).entrySet()) {
      String[] names = entry.getKey().split("\\.");
      int shared = 0;
      while (shared < Math.min(open.length, names.length - 1)
          && open[shared].equals(names[shared])) {
        shared++;
      }
      for (int depth = shared; depth < names.length - 1; depth++) {
        text.append("    ".repeat(depth)).append(names[depth]).append(":\n");
      }
      text.append("    ".repeat(names.length - 1)).append(names[names.length - 1]).append(':');
      value(text, names.length, entry.getValue());
      open = Arrays.copyOf(names, names.length - 1);
    }
    return text.toString();
  }

  private static void value(StringBuilder text, int depth, Object value) {
    if (!(value instanceof List<?> items)) {
      text.append(' ').append(scalar(String.valueOf(value), value instanceof String)).append('\n');
    } else if (items.isEmpty()) {
      text.append(" []\n");
    } else {
      text.append('\n');
      for (Object item : items) {
        String written = String.valueOf(item);
        text.append("    ".repeat(depth)).append("- ");
        text.append(scalar(written, !written.matches("\\d+"))).append('\n');
      }
    }
  }

  private static String scalar(String value, boolean isText) {
    boolean isPlain =
        value.matches("[A-Za-z0-9_./][A-Za-z0-9_./:@+-]*")
            && !value.endsWith(":")
            && !OTHER_THAN_TEXT.matcher(value).matches();
    if (!isText || isPlain) {
      return value;
    }
    return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  private static void flatten(String prefix, Map<?, ?> map, Map<String, Object> values) {
    map.forEach(
        (name, value) -> {
          String key = prefix + String.valueOf(name).toLowerCase(Locale.ROOT);
          if (value instanceof Map<?, ?> inner) {
            flatten(key + ".", inner, values);
          } else if (value != null && !key.isEmpty()) {
            values.put(key, value);
          }
        });
  }
}
