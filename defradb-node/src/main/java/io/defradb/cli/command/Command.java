package io.defradb.cli.command;

import java.util.ArrayList;
import java.util.List;

/**
 * A command.
 *
 * @param required names of flags that must be given
 */
public record Command(
    String name,
    String summary,
    List<Flag> flags,
    Arguments arguments,
    List<String> required,
    Action action)
    implements Entry {

  /** What a command does. What it throws is printed, and the exit code is 1. */
  @FunctionalInterface
  public interface Action {
    void run(Call call) throws Exception;
  }

  public static Command named(String name, String summary, Action action) {
    return new Command(name, summary, List.of(), Arguments.free(""), List.of(), action);
  }

  public Command with(Flag... added) {
    List<Flag> all = new ArrayList<>(flags);
    all.addAll(List.of(added));
    return new Command(name, summary, all, arguments, required, action);
  }

  public Command taking(Arguments wanted) {
    return new Command(name, summary, flags, wanted, required, action);
  }

  /** The flags must be given, else they are named in the order of the alphabet. */
  public Command requiring(String... names) {
    return new Command(name, summary, flags, arguments, List.of(names), action);
  }
}
