package io.defradb.graphql.view;

import java.util.Set;
import java.util.regex.Pattern;

/** Words that the written and the stored form of a query share. */
final class ViewWords {
  static final String SIMILARITY = "_similarity";
  static final Set<String> AGGREGATES = Set.of("_count", "_sum", "_avg", "_min", "_max");

  /** What may stand unquoted in a request. */
  static final Pattern NAME = Pattern.compile("[_A-Za-z][_0-9A-Za-z]*");

  private ViewWords() {}
}
