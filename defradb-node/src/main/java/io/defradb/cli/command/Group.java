package io.defradb.cli.command;

import java.util.List;
import java.util.function.Supplier;

/**
 * A word that is followed by another one.
 *
 * @param flags apply to everything below
 * @param entries made when somebody goes there
 */
public record Group(String name, String summary, List<Flag> flags, Supplier<List<Entry>> entries)
    implements Entry {
  public Group(String name, String summary, Supplier<List<Entry>> entries) {
    this(name, summary, List.of(), entries);
  }
}
