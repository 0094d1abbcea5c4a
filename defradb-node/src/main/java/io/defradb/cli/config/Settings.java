package io.defradb.cli.config;

import io.defradb.cli.command.Call;
import io.defradb.cli.command.CommandFault;
import io.defradb.cli.command.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values in force for one command, strongest first: flag, environment (filled up from the
 * secret file), {@code config.yaml}, default. The file is read when a value is first looked for
 * there.
 */
public final class Settings {
  private static final String ROOT_FLAG = "rootdir";

  /** Unknown to the reference: written only when set. */
  private static final List<Setting> OURS =
      List.of(Setting.TLS, Setting.NO_CONSOLE, Setting.DURABILITY);

  private final Call call;
  private final Map<String, String> environment;
  private final Path root;
  private @Nullable Map<String, Object> file;

  private Settings(Call call, Map<String, String> environment, Path root) {
    this.call = call;
    this.environment = environment;
    this.root = root;
  }

  public static Settings of(Call call) {
    Console console = call.console();
    String home = console.environment().getOrDefault("HOME", "");
    Path root =
        call.text(ROOT_FLAG)
            .filter(given -> !given.isEmpty())
            .map(console.folder()::resolve)
            .orElseGet(() -> Path.of(home).resolve(".defradb"));
    Map<String, String> environment = new HashMap<>(console.environment());
    environment.values().removeIf(String::isEmpty);
    var settings = new Settings(call, environment, root);
    settings.loadSecretFile();
    return settings;
  }

  /** Where everything of a node lies. */
  public Path root() {
    return root;
  }

  public String text(Setting setting) {
    return String.join(",", list(setting));
  }

  public boolean isOn(Setting setting) {
    return Boolean.parseBoolean(text(setting));
  }

  /** Throws when the value is no whole number. */
  public long number(Setting setting) {
    try {
      return Long.parseLong(text(setting));
    } catch (NumberFormatException e) {
      throw new CommandFault("invalid argument \"" + text(setting) + "\" for " + setting.key(), e);
    }
  }

  public List<String> list(Setting setting) {
    boolean isList = setting.initial() instanceof List<?>;
    String flag = setting.flag();
    if (flag != null && !call.list(flag).isEmpty()) {
      List<String> given = call.list(flag);
      return isList ? given : given.subList(given.size() - 1, given.size());
    }
    String variable = environment.get(setting.variable());
    if (variable != null) {
      return isList ? List.of(variable.strip().split("\\s+")) : List.of(variable);
    }
    Object value = fromFile(setting);
    if (value == null) {
      value = setting.initial();
    }
    return value instanceof List<?> items
        ? items.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(value));
  }

  /** A path, relative to the root; {@code null} when it is not set. */
  public @Nullable Path path(Setting setting) {
    String given = text(setting);
    return given.isEmpty() ? null : root.resolve(given);
  }

  /** Writes {@code config.yaml} with the values in force, unless there is one. */
  public void keep() {
    Path target = root.resolve("config.yaml");
    if (Files.exists(target)) {
      return;
    }
    Map<String, Object> values = new TreeMap<>();
    for (Setting setting : Setting.values()) {
      Object value = inForce(setting);
      boolean isOurs = OURS.contains(setting);
      if (setting != Setting.KEYRING_SECRET && !(isOurs && value.equals(setting.initial()))) {
        values.put(setting.key(), value);
      }
    }
    values.put("log.caller", false);
    try {
      Files.createDirectories(root);
      Files.writeString(
          target,
          ConfigFile.write(call.text(ROOT_FLAG).orElse(""), values),
          StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw new CommandFault("open " + target + ": " + e.getMessage(), e);
    }
  }

  private Object inForce(Setting setting) {
    if (setting.initial() instanceof Boolean) {
      return isOn(setting);
    }
    if (setting.initial() instanceof Long) {
      return number(setting);
    }
    return setting.initial() instanceof List<?> ? list(setting) : text(setting);
  }

  private @Nullable Object fromFile(Setting setting) {
    Map<String, Object> values = file;
    if (values == null) {
      values = ConfigFile.read(root.resolve("config.yaml"));
      file = values;
    }
    Object value = values.get(setting.key());
    if (value == null && setting == Setting.RELAY) {
      return values.get("net.relayenabled");
    }
    return value == null && setting == Setting.TLS ? values.get("tls") : value;
  }

  private void loadSecretFile() {
    String name = text(Setting.SECRET_FILE);
    try {
      DotEnv.parse(Files.readString(call.console().folder().resolve(name)))
          .forEach(environment::putIfAbsent);
    } catch (NoSuchFileException e) {
      return; // a secret file is optional
    } catch (IOException e) {
      throw new CommandFault("open " + name + ": " + e.getMessage(), e);
    }
  }
}
