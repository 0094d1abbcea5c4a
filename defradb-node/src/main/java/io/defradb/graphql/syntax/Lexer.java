package io.defradb.graphql.syntax;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Cuts a text into tokens, one after the other. GraphQL spec (October 2021), Lexical Tokens. */
public final class Lexer {
  private static final int END = -1;

  private final String source;
  private final Dialect dialect;
  private int at;

  public Lexer(String source, Dialect dialect) {
    this.source = source;
    this.dialect = dialect;
  }

  /** The next token; the last one, again and again, is EOF. Throws {@link SyntaxFault}. */
  public Token next() {
    skipIgnored();
    int start = at;
    int c = peek();
    if (c == END) {
      return new Token(Token.Kind.EOF, "", start);
    }
    if (isNameStart(c)) {
      while (isNameStart(peek()) || isDigit(peek())) {
        at++;
      }
      return new Token(Token.Kind.NAME, source.substring(start, at), start);
    }
    Token.Kind punctuator = punctuator(c);
    if (punctuator != null) {
      at += punctuator.label().length();
      return new Token(punctuator, "", start);
    }
    if (c == '-' || isDigit(c)) {
      return number(start);
    }
    if (c == '"') {
      return source.startsWith("\"\"\"", at) ? blockString(start) : string(start);
    }
    if (c < 0x20) {
      throw fault(start, "Invalid character " + print(c));
    }
    throw fault(start, "Unexpected character " + print(source.codePointAt(start)) + ".");
  }

  /** {@code position}: in chars. */
  public SyntaxFault fault(int position, String words) {
    return SyntaxFault.at(dialect, source, position, words);
  }

  private void skipIgnored() {
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '#') {
        while (at < source.length() && source.charAt(at) != '\n' && source.charAt(at) != '\r') {
          at++;
        }
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',' || c == '\ufeff') {
        at++;
      } else {
        return;
      }
    }
  }

  private Token.@Nullable Kind punctuator(int c) {
    return switch (c) {
      case '!' -> Token.Kind.BANG;
      case '$' -> Token.Kind.DOLLAR;
      case '(' -> Token.Kind.PAREN_L;
      case ')' -> Token.Kind.PAREN_R;
      case ':' -> Token.Kind.COLON;
      case '=' -> Token.Kind.EQUALS;
      case '@' -> Token.Kind.AT;
      case '[' -> Token.Kind.BRACKET_L;
      case ']' -> Token.Kind.BRACKET_R;
      case '{' -> Token.Kind.BRACE_L;
      case '}' -> Token.Kind.BRACE_R;
      case '|' -> Token.Kind.PIPE;
      case '&' -> Token.Kind.AMP;
      case '.' -> source.startsWith("...", at) ? Token.Kind.SPREAD : null;
      default -> null;
    };
  }

  private Token number(int start) {
    boolean isFloat = false;
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
      if (isDigit(peek())) {
        throw fault(at, "Invalid number, unexpected digit after 0: " + print(peek()) + ".");
      }
    } else {
      digits();
    }
    if (peek() == '.') {
      isFloat = true;
      at++;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      isFloat = true;
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits();
    }
    Token.Kind kind = isFloat ? Token.Kind.FLOAT : Token.Kind.INT;
    return new Token(kind, source.substring(start, at), start);
  }

  private void digits() {
    if (!isDigit(peek())) {
      throw fault(at, "Invalid number, expected digit but got: " + print(peek()) + ".");
    }
    while (isDigit(peek())) {
      at++;
    }
  }

  private Token string(int start) {
    var text = new StringBuilder();
    at++;
    while (true) {
      int c = peek();
      if (c == END || c == '\n' || c == '\r') {
        throw fault(at, "Unterminated string.");
      }
      if (c < 0x20 && c != '\t') {
        throw fault(at, "Invalid character within String: " + print(c) + ".");
      }
      at++;
      if (c == '"') {
        return new Token(Token.Kind.STRING, text.toString(), start);
      }
      if (c == '\\') {
        escape(text);
      } else {
        text.append((char) c);
      }
    }
  }

  private void escape(StringBuilder text) {
    int c = peek();
    switch (c) {
      case '"', '/', '\\' -> text.append((char) c);
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'u' -> {
        int code = hex(at + 1);
        if (code < 0) {
          String digits = source.substring(at + 1, Math.min(source.length(), at + 5));
          throw fault(at, "Invalid character escape sequence: \\u" + digits);
        }
        text.append((char) code);
        at += 4;
      }
      default -> {
        String shown = c == END ? "" : Character.toString(c);
        throw fault(at, "Invalid character escape sequence: \\" + shown + ".");
      }
    }
    at++;
  }

  /** The value of four hexadecimal digits; -1 when there are none. */
  private int hex(int from) {
    if (from + 4 > source.length()) {
      return -1;
    }
    int code = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(source.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      code = code * 16 + digit;
    }
    return code;
  }

  private Token blockString(int start) {
    var text = new StringBuilder();
    at += 3;
    while (!source.startsWith("\"\"\"", at)) {
      int c = peek();
      if (c == END) {
        throw fault(at, "Unterminated string.");
      }
      if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') {
        throw fault(at, "Invalid character within String: " + print(c) + ".");
      }
      if (source.startsWith("\\\"\"\"", at)) {
        text.append("\"\"\"");
        at += 4;
      } else {
        text.append((char) c);
        at++;
      }
    }
    at += 3;
    return new Token(Token.Kind.BLOCK_STRING, BlockString.value(text.toString()), start);
  }

  private int peek() {
    return at < source.length() ? source.charAt(at) : END;
  }

  private static boolean isNameStart(int c) {
    return c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** As the reference prints a character: its escape is itself escaped. */
  private static String print(int c) {
    if (c == END) {
      return "<EOF>";
    }
    return c >= 0x20 && c < 0x7f
        ? "\"" + (char) c + "\""
        : String.format(Locale.ROOT, "\"\\\\u%04X\"", c);
  }
}
