package io.defradb.cli.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command as it was given.
 *
 * @param words the command's own name and those of its groups
 * @param arguments what is no flag
 * @param flags the values of the flags that were given, by name; a switch has {@code true} or
 *     {@code false}
 */
public record Call(
    Console console,
    List<String> words,
    List<String> arguments,
    Map<String, List<String>> flags,
    Runnable usage) {

  /** The last value given. */
  public Optional<String> text(String flag) {
    List<String> values = list(flag);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
  }

  public boolean isOn(String flag) {
    return text(flag).map(Boolean::parseBoolean).orElse(false);
  }

  /** All values given, in order. */
  public List<String> list(String flag) {
    return flags.getOrDefault(flag, List.of());
  }

  /** The argument at {@code index}, {@code -} replaced by the standard input; or nothing. */
  public Optional<String> argument(int index) throws IOException {
    if (index >= arguments.size()) {
      return Optional.empty();
    }
    String argument = arguments.get(index);
    return Optional.of(argument.equals("-") ? console.readInput() : argument);
  }

  /** A text given as a file (flag {@code fileFlag}), or as the argument at {@code index}. */
  public Optional<String> textOrFile(int index, String fileFlag) throws IOException {
    Optional<String> file = text(fileFlag);
    return file.isPresent() ? file.map(console::readFile) : argument(index);
  }
}
