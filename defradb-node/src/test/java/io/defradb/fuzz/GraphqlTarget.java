package io.defradb.fuzz;

import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import io.defradb.error.DefraException;
import io.defradb.graphql.syntax.OperationParser;
import io.defradb.graphql.syntax.SyntaxLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** The grammar of requests: what we take must be GraphQL to another implementation too. */
final class GraphqlTarget implements FuzzTarget {
  /** The reference takes a name right behind a number; the newer grammar does not. */
  private static final Pattern NAME_BEHIND_NUMBER = Pattern.compile("[0-9][A-Za-z_.]");

  @Override
  public List<byte[]> seeds() {
    return Seeds.requests();
  }

  @Override
  public List<String> words() {
    return Seeds.GRAPHQL_WORDS;
  }

  @Override
  public boolean accepts(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    boolean isEmpty;
    try {
      isEmpty = OperationParser.parse(text, SyntaxLimits.DEFAULT).definitions().isEmpty();
    } catch (DefraException refused) {
      return false;
    }
    if (!isEmpty && !NAME_BEHIND_NUMBER.matcher(text).find()) {
      checkOther(text);
    }
    return true;
  }

  private static void checkOther(String text) {
    try {
      Parser.parse(text);
    } catch (InvalidSyntaxException refused) {
      throw new AssertionError("taken here, refused there: " + refused.getMessage(), refused);
    }
  }
}
