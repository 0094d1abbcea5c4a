package io.defradb.system.guide;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A fenced block of a page. */
record Example(Kind kind, String text) {
  private static final Pattern FENCE =
      Pattern.compile(
          "^```(sh refused|sh|json|text|graphql types|graphql|json variables)\\n(.*?)^```$",
          Pattern.DOTALL | Pattern.MULTILINE);

  enum Kind {
    /** A script that succeeds; {@code defradb start} goes on running. */
    SH,
    /** A script that ends with 1 and one sentence. */
    SH_REFUSED,
    /** Types to add to the node. */
    GRAPHQL_TYPES,
    /** The variables of the next request. */
    JSON_VARIABLES,
    /** A request to the node. */
    GRAPHQL,
    /** The last value printed, or the whole answer. */
    JSON,
    /** Part of what was printed or answered. */
    TEXT
  }

  static List<Example> all(String page) {
    var examples = new ArrayList<Example>();
    Matcher matcher = FENCE.matcher(page);
    while (matcher.find()) {
      Kind kind = Kind.valueOf(matcher.group(1).replace(' ', '_').toUpperCase(Locale.ROOT));
      examples.add(new Example(kind, matcher.group(2)));
    }
    return examples;
  }
}
