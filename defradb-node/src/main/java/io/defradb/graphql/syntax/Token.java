package io.defradb.graphql.syntax;

/**
 * A lexical token.
 *
 * @param text what it says: a name, digits, a string without quotes and escapes
 * @param start where it begins in the source, in chars
 */
public record Token(Kind kind, String text, int start) {
  /** What a token is; {@code label} as faults name it. */
  public enum Kind {
    EOF("EOF"),
    BANG("!"),
    DOLLAR("$"),
    PAREN_L("("),
    PAREN_R(")"),
    SPREAD("..."),
    COLON(":"),
    EQUALS("="),
    AT("@"),
    BRACKET_L("["),
    BRACKET_R("]"),
    BRACE_L("{"),
    BRACE_R("}"),
    PIPE("|"),
    AMP("&"),
    NAME("Name"),
    INT("Int"),
    FLOAT("Float"),
    STRING("String"),
    BLOCK_STRING("BlockString");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  public boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  /** As faults name it: {@code Name "x"}, <code>}</code>, {@code EOF}. */
  public String describe() {
    return text.isEmpty() ? kind.label() : kind.label() + " \"" + text + "\"";
  }
}
