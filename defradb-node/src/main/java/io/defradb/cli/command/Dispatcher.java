package io.defradb.cli.command;

import io.defradb.error.DefraException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the command that was asked for, runs it, and turns what it throws into text and exit code.
 */
public final class Dispatcher {
  private final Group root;

  public Dispatcher(Group root) {
    this.root = root;
  }

  /** Runs one command line. Answers the exit code: 0, or 1 after any error. */
  public int run(Console console, String... given) {
    try {
      dispatch(console, List.of(given));
      return 0;
    } catch (DefraException e) {
      console.err().println("Error: " + e.getMessage());
    } catch (Exception e) {
      console.err().println("Error: " + Optional.ofNullable(e.getMessage()).orElse(e.toString()));
    } finally {
      console.out().flush();
      console.err().flush();
    }
    return 1;
  }

  private void dispatch(Console console, List<String> given) throws Exception {
    if (!given.isEmpty() && given.get(0).equals("help")) {
      help(console, Route.find(root, given.subList(1, given.size())));
      return;
    }
    Route route = Route.find(root, given);
    if (route.end() instanceof Command command) {
      run(console, route, command);
      return;
    }
    FlagParser.Parsed parsed = parse(route, route.rest());
    boolean isUnknown = !parsed.arguments().isEmpty() && route.end() == root;
    if (isUnknown) {
      throw new CommandFault(
          "unknown command \""
              + parsed.arguments().get(0)
              + "\" for \"defradb\"\nRun 'defradb --help' for usage.");
    }
    help(console, route);
  }

  private static void run(Console console, Route route, Command command) throws Exception {
    FlagParser.Parsed parsed = parse(route, route.rest());
    if (parsed.flags().containsKey(FlagParser.HELP)) {
      help(console, route);
      return;
    }
    String fault = command.arguments().fault(parsed.arguments().size());
    if (fault != null && command.arguments().equals(Arguments.none())) {
      fault =
          "unknown command \"%s\" for \"%s\""
              .formatted(parsed.arguments().get(0), String.join(" ", route.words()));
    }
    if (fault != null) {
      throw new CommandFault(fault);
    }
    List<String> missing = new ArrayList<>();
    for (String flag : command.required()) {
      if (!parsed.flags().containsKey(flag)) {
        missing.add("\"" + flag + "\"");
      }
    }
    if (!missing.isEmpty()) {
      throw new CommandFault("required flag(s) " + String.join(", ", missing) + " not set");
    }
    Map<String, List<String>> flags = parsed.flags();
    command
        .action()
        .run(
            new Call(
                console,
                route.words(),
                parsed.arguments(),
                flags,
                () -> console.err().print(usage(route))));
  }

  private static FlagParser.Parsed parse(Route route, List<String> rest) {
    return FlagParser.parse(route.flags(), rest);
  }

  private static void help(Console console, Route route) {
    console.out().print(route.end().summary() + "\n\n" + usage(route));
  }

  private static String usage(Route route) {
    String name = String.join(" ", route.words());
    var text = new StringBuilder("Usage:\n  ").append(name);
    if (route.end() instanceof Command command) {
      String arguments = command.arguments().text();
      text.append(" [flags]").append(arguments.isEmpty() ? "" : " " + arguments).append("\n\n");
      text.append("Flags:\n").append(options(command.flags(), true));
    } else if (route.end() instanceof Group group) {
      text.append(" [command]\n\nAvailable Commands:\n");
      for (Entry entry : group.entries().get()) {
        text.append(String.format("  %-16s %s%n", entry.name(), entry.summary()));
      }
      text.append("\nFlags:\n").append(options(group.flags(), true));
    }
    List<Flag> above = new ArrayList<>();
    for (Group group : route.groups()) {
      if (group != route.end()) {
        above.addAll(group.flags());
      }
    }
    if (!above.isEmpty()) {
      text.append("\nGlobal Flags:\n").append(options(above, false));
    }
    return text.toString();
  }

  private static String options(List<Flag> flags, boolean hasHelp) {
    List<Flag> shown = new ArrayList<>(flags);
    if (hasHelp) {
      shown.add(FlagParser.HELP_FLAG);
    }
    return FlagTable.of(shown);
  }
}
