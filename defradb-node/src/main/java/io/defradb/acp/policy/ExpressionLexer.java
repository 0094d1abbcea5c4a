package io.defradb.acp.policy;

import java.util.ArrayList;
import java.util.List;

/** Cuts an expression into tokens; blanks part them and mean nothing else. */
final class ExpressionLexer {
  /** Numbered as messages show them. */
  enum Type {
    END,
    NAME,
    UNION,
    DIFFERENCE,
    INTERSECTION,
    OPEN,
    CLOSE,
    ARROW,
    THIS
  }

  /** {@code start}, {@code end}: in characters. */
  record Token(Type type, String text, int start, int end) {
    @Override
    public String toString() {
      return "{" + type.ordinal() + " " + text + " " + start + " " + end + "}";
    }
  }

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int position;

  private ExpressionLexer(String text) {
    this.text = text;
  }

  /** The last token is {@code END}. */
  static List<Token> tokens(String text) {
    return new ExpressionLexer(text).run();
  }

  private List<Token> run() {
    while (position < text.length()) {
      int character = text.codePointAt(position);
      if (Character.isWhitespace(character)) {
        position += Character.charCount(character);
      } else if (!operator(character)) {
        name();
      }
    }
    add(Type.END, 0);
    return tokens;
  }

  private boolean operator(int character) {
    switch (character) {
      case '(' -> add(Type.OPEN, 1);
      case ')' -> add(Type.CLOSE, 1);
      case '+' -> add(Type.UNION, 1);
      case '&' -> add(Type.INTERSECTION, 1);
      case '-' -> {
        if (text.startsWith("->", position)) {
          add(Type.ARROW, 2);
        } else {
          add(Type.DIFFERENCE, 1);
        }
      }
      default -> {
        if (!text.startsWith("_this", position)) {
          return false;
        }
        add(Type.THIS, 5);
      }
    }
    return true;
  }

  private void name() {
    int end = position;
    while (end < text.length() && isOfName(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    if (end == position) {
      throw ExpressionParser.fault(
          "error parsing expression "
              + text
              + ": unknown token: context: "
              + text.substring(position));
    }
    add(Type.NAME, end - position);
  }

  private static boolean isOfName(int character) {
    return Character.isLetter(character) || Character.isDigit(character) || character == '_';
  }

  private void add(Type type, int length) {
    int end = position + length;
    tokens.add(new Token(type, text.substring(position, end), position, end));
    position = end;
  }
}
