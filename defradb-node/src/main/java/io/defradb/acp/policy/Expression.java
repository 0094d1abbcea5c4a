package io.defradb.acp.policy;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which relations to an object give a permission: {@code owner + reader}. */
sealed interface Expression {

  /**
   * Whether it holds for an actor; {@code holds} tells it of the relation or permission of a name.
   */
  boolean test(Predicate<String> holds);

  /** What it is made of, from left to right. */
  Stream<Expression> leaves();

  /** As messages show it. */
  String text();

  /** A relation, or another permission, of the same resource. */
  record Named(String name) implements Expression {
    @Override
    public boolean test(Predicate<String> holds) {
      return holds.test(name);
    }

    @Override
    public Stream<Expression> leaves() {
      return Stream.of(this);
    }

    @Override
    public String text() {
      return "cu:{target_relation:\"" + name + "\"}";
    }
  }

  /**
   * A relation of the objects that {@code relation} leads to. Only actors can be given relations
   * here, and an actor has none of its own, so it holds for nobody.
   */
  record Arrow(String relation, String target) implements Expression {
    @Override
    public boolean test(Predicate<String> holds) {
      return false;
    }

    @Override
    public Stream<Expression> leaves() {
      return Stream.of(this);
    }

    @Override
    public String text() {
      return "ttu:{tupleset_relation:\""
          + relation
          + "\" computed_userset_relation:\""
          + target
          + "\"}";
    }
  }

  /** {@code _this}: actors that the permission itself was given to, which nobody can be. */
  record This() implements Expression {
    @Override
    public boolean test(Predicate<String> holds) {
      return false;
    }

    @Override
    public Stream<Expression> leaves() {
      return Stream.of(this);
    }

    @Override
    public String text() {
      return "this:{}";
    }
  }

  /** How two sets of actors become one. */
  enum Operator {
    UNION,
    INTERSECTION,
    DIFFERENCE
  }

  /** One more operand. */
  record Step(Operator operator, Expression operand) {}

  /** Operands taken together from left to right. */
  record Chain(Expression first, List<Step> steps) implements Expression {
    public Chain {
      steps = List.copyOf(steps);
    }

    @Override
    public boolean test(Predicate<String> holds) {
      boolean result = first.test(holds);
      for (Step step : steps) {
        result =
            switch (step.operator) {
              case UNION -> result || step.operand.test(holds);
              case INTERSECTION -> result && step.operand.test(holds);
              case DIFFERENCE -> result && !step.operand.test(holds);
            };
      }
      return result;
    }

    @Override
    public Stream<Expression> leaves() {
      return Stream.concat(
          first.leaves(),
          steps.stream().flatMap(step -> Objects.requireNonNull(step).operand.leaves()));
    }

    @Override
    public String text() {
      return "";
    }
  }
}
