package io.defradb.graphql.syntax;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Parses the text of a request by recursive descent. GraphQL spec (October 2021), Document: the
 * executable half. Definitions of types are refused where they stand.
 */
public final class OperationParser {
  private final Lexer lexer;
  private final SyntaxLimits limits;
  private Token token;
  private int tokens;
  private int depth;

  private OperationParser(String source, Dialect dialect, SyntaxLimits limits) {
    this.lexer = new Lexer(source, dialect);
    this.limits = limits;
    this.token = lexer.next();
  }

  /**
   * Throws {@link SyntaxFault}, with the reference's text, for what is no request; TOO_LARGE for
   * what is above {@code limits}.
   */
  public static Document parse(String source, SyntaxLimits limits) {
    checkLength(source, limits);
    return new OperationParser(source, Dialect.REQUEST, limits).document();
  }

  /** Parses an object literal that stands alone, without variables; what follows it is refused. */
  public static Literal.Members parseObject(String source, SyntaxLimits limits) {
    checkLength(source, limits);
    var parser = new OperationParser(source, Dialect.LITERAL, limits);
    Literal.Members object = parser.object(true);
    if (parser.token.kind() != Token.Kind.EOF) {
      throw parser.unexpected();
    }
    return object;
  }

  private static void checkLength(String source, SyntaxLimits limits) {
    if (source.length() > limits.charsMax()) {
      throw tooLarge("characters", limits.charsMax());
    }
  }

  private static DefraException tooLarge(String what, int max) {
    return new DefraException(
        ErrorCode.TOO_LARGE, "request is too large", "Limit", what, "Max", max);
  }

  private Document document() {
    var definitions = new ArrayList<Document.Definition>();
    while (token.kind() != Token.Kind.EOF) {
      if (token.isName("fragment")) {
        definitions.add(fragment());
      } else {
        definitions.add(operation());
      }
    }
    return new Document(definitions);
  }

  private Document.Operation operation() {
    if (token.kind() == Token.Kind.BRACE_L) {
      return new Document.Operation(
          Document.Operation.Kind.QUERY, null, List.of(), List.of(), selections());
    }
    Document.Operation.Kind kind =
        switch (token.kind() == Token.Kind.NAME ? token.text() : "") {
          case "query" -> Document.Operation.Kind.QUERY;
          case "mutation" -> Document.Operation.Kind.MUTATION;
          case "subscription" -> Document.Operation.Kind.SUBSCRIPTION;
          default -> throw unexpected();
        };
    advance();
    String name = token.kind() == Token.Kind.NAME ? name() : null;
    List<Document.Variable> variables =
        token.kind() == Token.Kind.PAREN_L
            ? several(Token.Kind.PAREN_L, this::variableDefinition, Token.Kind.PAREN_R, true)
            : List.of();
    return new Document.Operation(kind, name, variables, directives(), selections());
  }

  private Document.Variable variableDefinition() {
    String name = variableName();
    expect(Token.Kind.COLON);
    TypeRef type = type();
    Literal defaultValue = skip(Token.Kind.EQUALS) ? literal(true) : null;
    return new Document.Variable(name, type, defaultValue);
  }

  private Document.Fragment fragment() {
    advance();
    String name = fragmentName();
    if (!token.isName("on")) {
      throw expected("\"on\"");
    }
    advance();
    return new Document.Fragment(name, name(), directives(), selections());
  }

  private String fragmentName() {
    if (token.isName("on")) {
      throw unexpected();
    }
    return name();
  }

  private List<Node> selections() {
    return several(Token.Kind.BRACE_L, this::selection, Token.Kind.BRACE_R, true);
  }

  private Node selection() {
    return skip(Token.Kind.SPREAD) ? afterSpread() : field();
  }

  private Node afterSpread() {
    if (token.kind() == Token.Kind.NAME && !token.text().equals("on")) {
      return new Node.Spread(name(), directives());
    }
    String onType = null;
    if (token.isName("on")) {
      advance();
      onType = name();
    }
    return new Node.Inline(onType, directives(), selections());
  }

  private Node.Field field() {
    String name = name();
    String alias = null;
    if (skip(Token.Kind.COLON)) {
      alias = name;
      name = name();
    }
    List<Node.Argument> arguments = arguments();
    List<Node.Directive> directives = directives();
    List<Node> children = token.kind() == Token.Kind.BRACE_L ? selections() : null;
    return new Node.Field(alias, name, arguments, directives, children);
  }

  private List<Node.Argument> arguments() {
    return token.kind() == Token.Kind.PAREN_L
        ? several(Token.Kind.PAREN_L, this::argument, Token.Kind.PAREN_R, true)
        : List.of();
  }

  private Node.Argument argument() {
    String name = name();
    expect(Token.Kind.COLON);
    return new Node.Argument(name, literal(false));
  }

  private List<Node.Directive> directives() {
    if (token.kind() != Token.Kind.AT) {
      return List.of();
    }
    var directives = new ArrayList<Node.Directive>();
    while (skip(Token.Kind.AT)) {
      directives.add(new Node.Directive(name(), arguments()));
    }
    return directives;
  }

  private Literal literal(boolean isConstant) {
    Token first = token;
    switch (first.kind()) {
      case BRACKET_L -> {
        return new Literal.Items(
            several(Token.Kind.BRACKET_L, () -> literal(isConstant), Token.Kind.BRACKET_R, false));
      }
      case BRACE_L -> {
        return object(isConstant);
      }
      case INT -> {
        advance();
        return new Literal.Int(first.text());
      }
      case FLOAT -> {
        advance();
        return new Literal.Float(first.text());
      }
      case STRING, BLOCK_STRING -> {
        advance();
        return new Literal.Text(first.text());
      }
      case NAME -> {
        advance();
        return word(first.text());
      }
      default -> {
        if (first.kind() == Token.Kind.DOLLAR && !isConstant) {
          return new Literal.Variable(variableName());
        }
        throw unexpected();
      }
    }
  }

  private static Literal word(String text) {
    return switch (text) {
      case "true" -> new Literal.Bool(true);
      case "false" -> new Literal.Bool(false);
      case "null" -> Literal.NULL;
      default -> new Literal.Word(text);
    };
  }

  private Literal.Members object(boolean isConstant) {
    return new Literal.Members(
        several(Token.Kind.BRACE_L, () -> member(isConstant), Token.Kind.BRACE_R, false));
  }

  private Literal.Member member(boolean isConstant) {
    String name = name();
    expect(Token.Kind.COLON);
    return new Literal.Member(name, literal(isConstant));
  }

  private String variableName() {
    expect(Token.Kind.DOLLAR);
    return name();
  }

  private TypeRef type() {
    TypeRef type;
    if (skip(Token.Kind.BRACKET_L)) {
      deeper();
      type = new TypeRef.ListOf(type());
      depth--;
      expect(Token.Kind.BRACKET_R);
    } else {
      type = new TypeRef.Named(name());
    }
    return skip(Token.Kind.BANG) ? new TypeRef.NonNull(type) : type;
  }

  private <T> List<T> several(
      Token.Kind open, Supplier<T> item, Token.Kind close, boolean isOneNeeded) {
    int start = token.start();
    expect(open);
    deeper();
    var items = new ArrayList<T>();
    while (!skip(close)) {
      items.add(item.get());
    }
    if (isOneNeeded && items.isEmpty()) {
      throw lexer.fault(start, "Unexpected empty IN " + open.label() + close.label());
    }
    depth--;
    return items;
  }

  private void deeper() {
    if (++depth > limits.depthMax()) {
      throw tooLarge("depth", limits.depthMax());
    }
  }

  private String name() {
    Token name = token;
    expect(Token.Kind.NAME);
    return name.text();
  }

  private void expect(Token.Kind kind) {
    if (token.kind() != kind) {
      throw expected(kind.label());
    }
    advance();
  }

  private boolean skip(Token.Kind kind) {
    if (token.kind() != kind) {
      return false;
    }
    advance();
    return true;
  }

  private void advance() {
    if (++tokens > limits.tokensMax()) {
      throw tooLarge("tokens", limits.tokensMax());
    }
    token = lexer.next();
  }

  private SyntaxFault expected(String what) {
    return lexer.fault(token.start(), "Expected " + what + ", found " + token.describe());
  }

  private SyntaxFault unexpected() {
    return lexer.fault(token.start(), "Unexpected " + token.describe());
  }
}
