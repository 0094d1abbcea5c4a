package io.defradb.cli.command;

import java.util.List;

/** A word of the command line: a command, or a group of further words. */
public sealed interface Entry permits Command, Group {
  String name();

  /** One line. */
  String summary();

  /** Its own flags; those of the groups above it apply too. */
  List<Flag> flags();
}
