package io.defradb.connect.source.settings;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Which collections are read: those whose whole name matches one of the included expressions, and
 * none of the excluded. Immutable.
 *
 * @param included names or regular expressions; empty: all
 * @param excluded the same; empty: none
 */
public record CollectionChoice(List<String> included, List<String> excluded) {
  private static final Pattern NAME = Pattern.compile("[_A-Za-z][_0-9A-Za-z]*");

  public CollectionChoice {
    included = List.copyOf(included);
    excluded = List.copyOf(excluded);
  }

  /** Every collection is named: the node need not be asked which there are. */
  public boolean isFixed() {
    return !included.isEmpty() && included.stream().allMatch(CollectionChoice::isName);
  }

  private static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** Of those that the node has, in their order; of a fixed choice all that it names. */
  public List<String> of(List<String> present) {
    return (isFixed() ? included : present).stream().filter(this::has).distinct().toList();
  }

  public boolean has(String collection) {
    return (included.isEmpty() || matches(included, collection)) && !matches(excluded, collection);
  }

  private static boolean matches(List<String> expressions, String name) {
    return expressions.stream()
        .anyMatch(regex -> regex.equals(name) || Pattern.matches(regex, name));
  }
}
