package io.defradb.graphql.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in a selection set. */
public sealed interface Node {
  List<Directive> directives();

  /** {@code children} {@code null}: no braces follow. */
  record Field(
      @Nullable String alias,
      String name,
      List<Argument> arguments,
      List<Directive> directives,
      @Nullable List<Node> children)
      implements Node {
    public Field {
      arguments = List.copyOf(arguments);
      directives = List.copyOf(directives);
      children = children == null ? null : List.copyOf(children);
    }

    /** The key of the answer. */
    public String responseName() {
      return alias == null ? name : alias;
    }

    public @Nullable Literal argument(String argumentName) {
      for (Argument argument : arguments) {
        if (argument.name().equals(argumentName)) {
          return argument.value();
        }
      }
      return null;
    }
  }

  /** {@code ...Name}. */
  record Spread(String fragment, List<Directive> directives) implements Node {
    public Spread {
      directives = List.copyOf(directives);
    }
  }

  /** {@code ... on Type {}}; {@code onType} {@code null}: no condition. */
  record Inline(@Nullable String onType, List<Directive> directives, List<Node> children)
      implements Node {
    public Inline {
      directives = List.copyOf(directives);
      children = List.copyOf(children);
    }
  }

  record Argument(String name, Literal value) {}

  record Directive(String name, List<Argument> arguments) {
    public Directive {
      arguments = List.copyOf(arguments);
    }
  }
}
