package io.defradb.graphql.sdl;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.graphql.syntax.Dialect;
import io.defradb.graphql.syntax.Lexer;
import io.defradb.graphql.syntax.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Parses SDL by recursive descent. Lists, objects and types nest at most {@value #DEPTH_MAX} deep;
 * deeper ones are refused, as are types of more than {@value #FIELDS_MAX} fields, because the rules
 * compare fields with each other. For one text.
 */
final class SdlParser {
  private static final int DEPTH_MAX = 64;
  private static final int FIELDS_MAX = 5_000;

  private final Lexer lexer;
  private Token token;
  private int depth;

  private SdlParser(String source) {
    this.lexer = new Lexer(source, Dialect.SDL);
    this.token = lexer.next();
  }

  /**
   * Parses one text.
   *
   * @throws DefraException INVALID_SCHEMA with position and excerpt
   */
  static SdlDocument parse(String source) {
    return new SdlParser(source).document();
  }

  private SdlDocument document() {
    var types = new ArrayList<SdlDocument.Type>();
    while (token.kind() != Token.Kind.EOF) {
      SdlDocument.Type type = definition();
      if (type != null) {
        types.add(type);
      }
    }
    return new SdlDocument(List.copyOf(types));
  }

  /** {@code null}: a definition that makes no collection. */
  private SdlDocument.@Nullable Type definition() {
    if (token.kind() == Token.Kind.STRING || token.kind() == Token.Kind.BLOCK_STRING) {
      advance();
    }
    if (token.kind() == Token.Kind.BRACE_L) {
      throw operation();
    }
    if (token.kind() != Token.Kind.NAME) {
      throw unexpected();
    }
    return switch (token.text()) {
      case "type" -> type(false);
      case "interface" -> type(true);
      case "extend" -> {
        advance();
        if (!isKeyword("type")) {
          throw unexpected();
        }
        type(false);
        yield null;
      }
      case "enum" -> enumeration();
      case "input" -> input();
      case "scalar" -> {
        advance();
        name();
        directives();
        yield null;
      }
      case "union" -> union();
      case "directive" -> directive();
      case "query", "mutation", "subscription", "fragment" -> throw operation();
      default -> throw unexpected();
    };
  }

  private SdlDocument.Type type(boolean isInterface) {
    advance();
    String name = name();
    if (!isInterface && isKeyword("implements")) {
      advance();
      skip(Token.Kind.AMP);
      name();
      while (token.kind() == Token.Kind.AMP || token.kind() == Token.Kind.NAME) {
        skip(Token.Kind.AMP);
        name();
      }
    }
    List<SdlDocument.Directive> directives = directives();
    int start = token.start();
    List<SdlDocument.Field> fields = between(Token.Kind.BRACE_L, Token.Kind.BRACE_R, this::field);
    if (fields.size() > FIELDS_MAX) {
      throw lexer.fault(start, "Too many fields, at most " + FIELDS_MAX);
    }
    return new SdlDocument.Type(name, isInterface, directives, fields);
  }

  private SdlDocument.Field field() {
    skipDescription();
    String name = name();
    if (token.kind() == Token.Kind.PAREN_L) {
      between(Token.Kind.PAREN_L, Token.Kind.PAREN_R, this::inputValue);
    }
    expect(Token.Kind.COLON);
    SdlDocument.TypeRef type = typeRef();
    return new SdlDocument.Field(name, type, directives());
  }

  private SdlDocument.@Nullable TypeRef typeRef() {
    SdlDocument.TypeRef type = null;
    if (token.kind() == Token.Kind.BRACKET_L) {
      deeper();
      advance();
      SdlDocument.TypeRef inner = typeRef();
      expect(Token.Kind.BRACKET_R);
      depth--;
      type = new SdlDocument.TypeRef(SdlDocument.TypeRef.Form.LIST, "", inner);
    } else if (token.kind() == Token.Kind.NAME) {
      type = new SdlDocument.TypeRef(SdlDocument.TypeRef.Form.NAMED, name(), null);
    }
    return skip(Token.Kind.BANG)
        ? new SdlDocument.TypeRef(SdlDocument.TypeRef.Form.NON_NULL, "", type)
        : type;
  }

  private List<SdlDocument.Directive> directives() {
    var directives = new ArrayList<SdlDocument.Directive>();
    while (skip(Token.Kind.AT)) {
      String name = name();
      List<SdlDocument.Argument> arguments = List.of();
      if (token.kind() == Token.Kind.PAREN_L) {
        arguments = someBetween(Token.Kind.PAREN_L, Token.Kind.PAREN_R, this::argument);
      }
      directives.add(new SdlDocument.Directive(name, arguments));
    }
    return List.copyOf(directives);
  }

  private SdlDocument.Argument argument() {
    String name = name();
    expect(Token.Kind.COLON);
    return new SdlDocument.Argument(name, literal());
  }

  private Literal literal() {
    Token first = token;
    switch (first.kind()) {
      case BRACKET_L -> {
        deeper();
        List<Literal> items = between(Token.Kind.BRACKET_L, Token.Kind.BRACKET_R, this::literal);
        depth--;
        return Literal.list(items);
      }
      case BRACE_L -> {
        deeper();
        List<Literal.Field> fields =
            between(Token.Kind.BRACE_L, Token.Kind.BRACE_R, this::literalField);
        depth--;
        return Literal.object(fields);
      }
      case INT -> {
        advance();
        return Literal.of(Literal.Kind.INT, first.text());
      }
      case FLOAT -> {
        advance();
        return Literal.of(Literal.Kind.FLOAT, first.text());
      }
      case STRING, BLOCK_STRING -> {
        advance();
        return Literal.of(Literal.Kind.STRING, first.text());
      }
      case NAME -> {
        advance();
        return Literal.of(wordKind(first.text()), first.text());
      }
      default -> throw unexpected();
    }
  }

  private static Literal.Kind wordKind(String word) {
    return switch (word) {
      case "true", "false" -> Literal.Kind.BOOLEAN;
      case "null" -> Literal.Kind.NULL;
      default -> Literal.Kind.ENUM;
    };
  }

  private Literal.Field literalField() {
    String name = name();
    expect(Token.Kind.COLON);
    return new Literal.Field(name, literal());
  }

  private SdlDocument.@Nullable Type enumeration() {
    advance();
    name();
    directives();
    someBetween(
        Token.Kind.BRACE_L,
        Token.Kind.BRACE_R,
        () -> {
          skipDescription();
          String value = name();
          directives();
          return value;
        });
    return null;
  }

  private SdlDocument.@Nullable Type input() {
    advance();
    name();
    directives();
    between(Token.Kind.BRACE_L, Token.Kind.BRACE_R, this::inputValue);
    return null;
  }

  private SdlDocument.@Nullable Type union() {
    advance();
    name();
    directives();
    expect(Token.Kind.EQUALS);
    skip(Token.Kind.PIPE);
    name();
    while (skip(Token.Kind.PIPE)) {
      name();
    }
    return null;
  }

  private SdlDocument.@Nullable Type directive() {
    advance();
    expect(Token.Kind.AT);
    name();
    if (token.kind() == Token.Kind.PAREN_L) {
      between(Token.Kind.PAREN_L, Token.Kind.PAREN_R, this::inputValue);
    }
    if (!isKeyword("on")) {
      throw lexer.fault(token.start(), "Expected \"on\", found " + token.describe());
    }
    do {
      advance();
      name();
    } while (token.kind() == Token.Kind.PIPE);
    return null;
  }

  /** An argument's definition; what it says is not kept. */
  private String inputValue() {
    skipDescription();
    String name = name();
    expect(Token.Kind.COLON);
    typeRef();
    if (skip(Token.Kind.EQUALS)) {
      literal();
    }
    directives();
    return name;
  }

  /** SDL holds no operation: its first field is reported as one that no query has. */
  private DefraException operation() {
    while (token.kind() != Token.Kind.BRACE_L) {
      if (token.kind() == Token.Kind.EOF) {
        return lexer.fault(token.start(), "Expected {, found EOF");
      }
      advance();
    }
    int start = token.start();
    advance();
    if (token.kind() == Token.Kind.BRACE_R) {
      throw lexer.fault(start, "Unexpected empty IN {}");
    }
    String field = name();
    // The one field that a query always has; offered when it is one letter away.
    String hint = field.length() == 1 ? " Did you mean \"_\"?" : "";
    return new DefraException(
        ErrorCode.INVALID_SCHEMA, "Cannot query field \"" + field + "\" on type \"Query\"." + hint);
  }

  private void skipDescription() {
    if (token.kind() == Token.Kind.STRING || token.kind() == Token.Kind.BLOCK_STRING) {
      advance();
    }
  }

  private <T> List<T> between(Token.Kind open, Token.Kind close, Supplier<T> parse) {
    expect(open);
    var items = new ArrayList<T>();
    while (!skip(close)) {
      items.add(parse.get());
    }
    return List.copyOf(items);
  }

  private <T> List<T> someBetween(Token.Kind open, Token.Kind close, Supplier<T> parse) {
    int start = expect(open).start();
    if (token.kind() == close) {
      throw lexer.fault(start, "Unexpected empty IN " + open.label() + close.label());
    }
    var items = new ArrayList<T>();
    do {
      items.add(parse.get());
    } while (!skip(close));
    return List.copyOf(items);
  }

  private String name() {
    return expect(Token.Kind.NAME).text();
  }

  private Token expect(Token.Kind kind) {
    Token found = token;
    if (found.kind() != kind) {
      throw lexer.fault(found.start(), "Expected " + kind.label() + ", found " + found.describe());
    }
    advance();
    return found;
  }

  private boolean skip(Token.Kind kind) {
    boolean isThere = token.kind() == kind;
    if (isThere) {
      advance();
    }
    return isThere;
  }

  private boolean isKeyword(String word) {
    return token.kind() == Token.Kind.NAME && token.text().equals(word);
  }

  private void deeper() {
    if (++depth > DEPTH_MAX) {
      throw lexer.fault(token.start(), "Nested too deep, at most " + DEPTH_MAX);
    }
  }

  private void advance() {
    token = lexer.next();
  }

  private DefraException unexpected() {
    return lexer.fault(token.start(), "Unexpected " + token.describe());
  }
}
