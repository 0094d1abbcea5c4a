package io.defradb.acp.policy;

import io.defradb.acp.policy.ExpressionLexer.Token;
import io.defradb.acp.policy.ExpressionLexer.Type;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses expressions of permissions. All operators bind alike, from left to right.
 *
 * <pre>
 * expression = term { ( "+" | "&amp;" | "-" ) term }
 * term       = "_this" | name [ "-&gt;" name ] | "(" expression ")"
 * </pre>
 */
final class ExpressionParser {
  private static final int CHARACTERS_MAX = 4096;
  private static final int DEPTH_MAX = 100;

  private final List<Token> tokens;
  private int position;
  private int depth;

  private ExpressionParser(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** Throws INVALID_ARGUMENT with the fault as users know it. */
  static Expression parse(String text) {
    if (text.length() > CHARACTERS_MAX) {
      throw fault("error parsing expression: it is too long");
    }
    var parser = new ExpressionParser(ExpressionLexer.tokens(text));
    Expression expression = parser.expression();
    if (expression == null) {
      throw fault("error parsing: expression needs: term: have: " + shown(parser.tokens));
    }
    if (parser.next().type() != Type.END) {
      List<Token> left = parser.tokens.subList(parser.position, parser.tokens.size());
      throw fault(
          "error parsing expression "
              + text
              + ": leftover tokens, possibly misformed: tokens="
              + shown(left));
    }
    return expression;
  }

  static DefraException fault(String text) {
    return new DefraException(ErrorCode.INVALID_ARGUMENT, text);
  }

  private static String shown(List<Token> tokens) {
    return "[" + String.join(" ", tokens.stream().map(Token::toString).toList()) + "]";
  }

  private Token next() {
    return tokens.get(position);
  }

  /** {@code null}: there is none here, and nothing was taken. */
  private @Nullable Expression expression() {
    Expression first = term();
    if (first == null) {
      return null;
    }
    List<Expression.Step> steps = new ArrayList<>();
    for (Expression.Step step = step(); step != null; step = step()) {
      steps.add(step);
    }
    return steps.isEmpty() ? first : new Expression.Chain(first, steps);
  }

  private Expression.@Nullable Step step() {
    int start = position;
    Expression.Operator operator =
        switch (next().type()) {
          case UNION -> Expression.Operator.UNION;
          case INTERSECTION -> Expression.Operator.INTERSECTION;
          case DIFFERENCE -> Expression.Operator.DIFFERENCE;
          case END, NAME, OPEN, CLOSE, ARROW, THIS -> null;
        };
    if (operator == null) {
      return null;
    }
    position++;
    Expression operand = term();
    if (operand == null) {
      position = start;
      return null;
    }
    return new Expression.Step(operator, operand);
  }

  private @Nullable Expression term() {
    Token token = next();
    return switch (token.type()) {
      case THIS -> {
        position++;
        yield new Expression.This();
      }
      case NAME -> {
        position++;
        yield named(token.text());
      }
      case OPEN -> group();
      case END, UNION, DIFFERENCE, INTERSECTION, CLOSE, ARROW -> null;
    };
  }

  private Expression named(String name) {
    boolean isArrow = next().type() == Type.ARROW && tokens.get(position + 1).type() == Type.NAME;
    if (!isArrow) {
      return new Expression.Named(name);
    }
    position += 2;
    return new Expression.Arrow(name, tokens.get(position - 1).text());
  }

  private @Nullable Expression group() {
    int start = position;
    if (++depth > DEPTH_MAX) {
      throw fault("error parsing expression: it is nested too deeply");
    }
    position++;
    Expression inner = expression();
    depth--;
    if (inner == null || next().type() != Type.CLOSE) {
      position = start;
      return null;
    }
    position++;
    return inner;
  }
}
