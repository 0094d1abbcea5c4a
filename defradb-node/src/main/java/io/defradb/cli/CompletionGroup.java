package io.defradb.cli;

import io.defradb.cli.command.Arguments;
import io.defradb.cli.command.Command;
import io.defradb.cli.command.Entry;
import io.defradb.cli.command.Flag;
import io.defradb.cli.command.Group;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Supplier;

/**
 * {@code defradb completion}: a script that completes words and flags. Every script holds one
 * table, from the words typed so far to the words that may follow.
 */
final class CompletionGroup {
  private static final String BASH =
      """
      # bash completion for defradb
      _defradb() {
        local cur=${COMP_WORDS[COMP_CWORD]} path=defradb word next
        for ((i = 1; i < COMP_CWORD; i++)); do
          word=${COMP_WORDS[i]}
          next=$(_defradb_next "$path $word")
          [[ $word == -* || -z $next ]] || path="$path $word"
        done
        COMPREPLY=($(compgen -W "$(_defradb_next "$path")" -- "$cur"))
      }
      _defradb_next() {
        case $1 in
      %s  esac
      }
      complete -o default -F _defradb defradb
      """;
  private static final String ZSH =
      "#compdef defradb\nautoload -U +X bashcompinit && bashcompinit\n";
  private static final String FISH_LINE =
      "complete -c defradb -n 'string match -q \"%s\" (string match -v -- \"-*\" (commandline -opc)"
          + " | string join \" \")' -a '%s'%n";
  private static final String POWERSHELL =
      """
      # PowerShell completion for defradb
      Register-ArgumentCompleter -Native -CommandName defradb -ScriptBlock {
        param($word, $ast, $cursor)
        $table = @{
      %s  }
        $path = 'defradb'
        foreach ($element in $ast.CommandElements | Select-Object -Skip 1) {
          if ($table.ContainsKey("$path $element")) { $path = "$path $element" }
        }
        $table[$path] -split ' ' | Where-Object { $_ -like "$word*" }
      }
      """;

  private CompletionGroup() {}

  static Group group(Supplier<Group> root) {
    return new Group(
        "completion",
        "Write a script by which a shell completes commands",
        () ->
            List.of(
                script("bash", () -> bash(root.get())),
                script("fish", () -> fish(root.get())),
                script("powershell", () -> powershell(root.get())),
                script("zsh", () -> ZSH + bash(root.get()))));
  }

  private static Command script(String shell, Supplier<String> script) {
    return Command.named(
            shell, "A script for " + shell, call -> call.console().out().print(script.get()))
        .taking(Arguments.none())
        .with(Flag.on("no-descriptions", "Accepted: the scripts hold no descriptions"));
  }

  private static String bash(Group root) {
    var table = new StringBuilder();
    table(root)
        .forEach((path, next) -> table.append("    '%s') echo '%s' ;;%n".formatted(path, next)));
    return BASH.formatted(table);
  }

  private static String fish(Group root) {
    var script = new StringBuilder("# fish completion for defradb\n");
    table(root).forEach((path, next) -> script.append(FISH_LINE.formatted(path, next)));
    return script.toString();
  }

  private static String powershell(Group root) {
    var table = new StringBuilder();
    table(root).forEach((path, next) -> table.append("    '%s' = '%s'%n".formatted(path, next)));
    return POWERSHELL.formatted(table);
  }

  private static Map<String, String> table(Group root) {
    Map<String, String> table = new LinkedHashMap<>();
    collect(root.name(), root, List.of(), table);
    return table;
  }

  private static void collect(
      String path, Entry entry, List<Flag> above, Map<String, String> table) {
    var next = new StringJoiner(" ");
    List<Flag> flags = new ArrayList<>(above);
    flags.addAll(entry.flags());
    if (entry instanceof Group group) {
      for (Entry below : group.entries().get()) {
        next.add(below.name());
        collect(path + " " + below.name(), below, flags, table);
      }
    }
    flags.forEach(flag -> next.add("--" + flag.name()));
    table.put(path, next.add("--help").toString());
  }
}
