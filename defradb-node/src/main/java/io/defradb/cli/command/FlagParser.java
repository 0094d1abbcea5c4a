package io.defradb.cli.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Splits what was given into flags and arguments, and says what is wrong as the reference does. */
final class FlagParser {
  static final String HELP = "help";

  /** What was given. */
  record Parsed(List<String> arguments, Map<String, List<String>> flags) {}

  private FlagParser() {}

  static Parsed parse(CommandSpec spec, List<String> given) {
    Map<String, List<String>> flags = new HashMap<>();
    List<String> rest = new ArrayList<>();
    for (String word : given) {
      if (!isSwitchWithValue(spec, word, flags)) {
        rest.add(word);
      }
    }
    var line = new CommandLine(spec);
    line.setOverwrittenOptionsAllowed(true)
        .setPosixClusteredShortOptionsAllowed(true)
        .setUnmatchedOptionsArePositionalParams(false)
        .setExpandAtFiles(false)
        .setInterpolateVariables(false)
        .setTrimQuotes(false);
    ParseResult result;
    try {
      result = line.parseArgs(rest.toArray(String[]::new));
    } catch (CommandLine.UnmatchedArgumentException e) {
      throw new CommandFault(unknown(e.getUnmatched()), e);
    } catch (CommandLine.MissingParameterException e) {
      throw new CommandFault(missing(e.getMissing()), e);
    } catch (CommandLine.ParameterException e) {
      throw new CommandFault(String.valueOf(e.getMessage()), e);
    }
    for (OptionSpec option : result.matchedOptions()) {
      flags.put(option.longestName().substring(2), values(option));
    }
    List<String> arguments = new ArrayList<>();
    for (PositionalParamSpec positional : result.matchedPositionals()) {
      arguments.addAll(positional.originalStringValues());
    }
    return new Parsed(arguments, flags);
  }

  /** {@code --switch=true} and {@code --switch=false}, which picocli does not take. */
  private static boolean isSwitchWithValue(
      CommandSpec spec, String word, Map<String, List<String>> flags) {
    int equals = word.indexOf('=');
    OptionSpec option = equals < 0 ? null : spec.findOption(word.substring(0, equals));
    if (option == null || option.arity().max() > 0) {
      return false;
    }
    String value = word.substring(equals + 1);
    if (!value.equals("true") && !value.equals("false")) {
      throw new CommandFault(
          "invalid argument \"%s\" for \"%s\" flag: strconv.ParseBool: parsing \"%s\": invalid syntax"
              .formatted(value, option.longestName(), value));
    }
    flags.put(option.longestName().substring(2), List.of(value));
    return true;
  }

  static CommandSpec spec(String name, List<Flag> flags, String arguments) {
    CommandSpec spec = CommandSpec.create().name(name);
    for (Flag flag : flags) {
      spec.addOption(option(flag));
    }
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .type(boolean.class)
            .arity("0")
            .description("help for this command")
            .build());
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel(arguments)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("0..*")
            .hidden(true)
            .build());
    return spec;
  }

  private static OptionSpec option(Flag flag) {
    String[] names =
        flag.letter() == null
            ? new String[] {"--" + flag.name()}
            : new String[] {"-" + flag.letter(), "--" + flag.name()};
    String shown = flag.initial().isEmpty() ? "" : " (default " + flag.initial() + ")";
    OptionSpec.Builder builder =
        OptionSpec.builder(names[0], Arrays.copyOfRange(names, 1, names.length))
            .description((flag.summary() + shown).replace("%", "%%"));
    return switch (flag.kind()) {
      case TEXT -> builder.type(String.class).arity("1").paramLabel("string").build();
      case SWITCH -> builder.type(boolean.class).arity("0").build();
      case LIST ->
          builder
              .type(List.class)
              .auxiliaryTypes(String.class)
              .arity("1")
              .paramLabel("strings")
              .build();
    };
  }

  private static List<String> values(OptionSpec option) {
    if (option.arity().max() == 0) {
      return List.of(String.valueOf((Object) option.getValue()));
    }
    List<String> given = option.originalStringValues();
    if (option.type() != List.class) {
      return given;
    }
    List<String> values = new ArrayList<>();
    given.forEach(value -> values.addAll(List.of(value.split(",", -1))));
    return values;
  }

  private static String unknown(List<String> unmatched) {
    String flag = unmatched.get(0);
    if (flag.startsWith("--")) {
      return "unknown flag: " + flag.split("=", 2)[0];
    }
    return "unknown shorthand flag: '" + flag.substring(1, 2) + "' in " + flag;
  }

  private static String missing(List<ArgSpec> missing) {
    String name = missing.isEmpty() ? "" : ((OptionSpec) missing.get(0)).longestName();
    return "flag needs an argument: " + name;
  }
}
