package io.defradb.graphql.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as it is written: operations and fragments, in order. */
public record Document(List<Definition> definitions) {

  /** What stands at the top of a request. */
  public sealed interface Definition {
    List<Node.Directive> directives();

    List<Node> children();
  }

  /** {@code name} {@code null}: anonymous. */
  public record Operation(
      Kind kind,
      @Nullable String name,
      List<Variable> variables,
      List<Node.Directive> directives,
      List<Node> children)
      implements Definition {
    public enum Kind {
      QUERY,
      MUTATION,
      SUBSCRIPTION
    }

    public Operation {
      variables = List.copyOf(variables);
      directives = List.copyOf(directives);
      children = List.copyOf(children);
    }
  }

  public record Fragment(
      String name, String onType, List<Node.Directive> directives, List<Node> children)
      implements Definition {
    public Fragment {
      directives = List.copyOf(directives);
      children = List.copyOf(children);
    }
  }

  public record Variable(String name, TypeRef type, @Nullable Literal defaultValue) {}

  public Document {
    definitions = List.copyOf(definitions);
  }

  public List<Operation> operations() {
    return definitions.stream()
        .filter(Operation.class::isInstance)
        .map(Operation.class::cast)
        .toList();
  }

  public List<Fragment> fragments() {
    return definitions.stream()
        .filter(Fragment.class::isInstance)
        .map(Fragment.class::cast)
        .toList();
  }
}
