package io.defradb.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way from the root to what was asked for.
 *
 * @param groups from the root down
 * @param end a command, or the last group when the next word is none of its
 * @param rest what was given besides the names
 */
record Route(List<Group> groups, Entry end, List<String> rest) {

  /** Follows the words that are no flags. Flags of groups may stand before and between them. */
  static Route find(Group root, List<String> given) {
    List<Group> groups = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    Entry at = root;
    int next = 0;
    while (at instanceof Group group) {
      groups.add(group);
      while (next < given.size() && given.get(next).startsWith("-")) {
        String flag = given.get(next);
        rest.add(flag);
        next++;
        if (next < given.size() && takesNext(groups, flag)) {
          rest.add(given.get(next));
          next++;
        }
      }
      if (next == given.size()) {
        break;
      }
      String word = given.get(next);
      Optional<Entry> found =
          group.entries().get().stream().filter(entry -> entry.name().equals(word)).findFirst();
      if (found.isEmpty()) {
        break;
      }
      at = found.get();
      next++;
    }
    rest.addAll(given.subList(next, given.size()));
    return new Route(groups, at, rest);
  }

  /** All flags that apply. */
  List<Flag> flags() {
    List<Flag> flags = new ArrayList<>();
    groups.forEach(group -> flags.addAll(group.flags()));
    if (end instanceof Command command) {
      command.flags().forEach(own -> flags.removeIf(flag -> flag.name().equals(own.name())));
      flags.addAll(command.flags());
    }
    return flags;
  }

  /** The names, from the root down. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    groups.forEach(group -> words.add(group.name()));
    if (end instanceof Command) {
      words.add(end.name());
    }
    return words;
  }

  private static boolean takesNext(List<Group> groups, String given) {
    if (given.contains("=")) {
      return false;
    }
    return groups.stream()
        .flatMap(group -> group.flags().stream())
        .filter(flag -> given.equals("--" + flag.name()) || given.equals("-" + flag.letter()))
        .anyMatch(Flag::takesValue);
  }
}
