package io.defradb.graphql.validation;

import io.defradb.graphql.schema.TypeDef;
import io.defradb.graphql.schema.TypeSystem;
import io.defradb.graphql.syntax.Document;
import io.defradb.graphql.syntax.Literal;
import io.defradb.graphql.syntax.Node;
import io.defradb.graphql.syntax.TypeRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks one operation or fragment and reports what is wrong at each place, in the order in which it
 * is written. Keeps the uses of variables it met. As deep as the text, which the parser bounds.
 */
final class DefinitionWalk {
  private final TypeSystem types;
  private final LiteralCheck literals;
  private final Map<String, Document.Fragment> fragments;
  private final @Nullable Conflicts conflicts;
  private final Messages messages;

  private final List<VariableUse> uses = new ArrayList<>();

  /** {@code conflicts} {@code null}: they are not looked for. */
  DefinitionWalk(
      TypeSystem types,
      Map<String, Document.Fragment> fragments,
      @Nullable Conflicts conflicts,
      Messages messages) {
    this.types = types;
    this.literals = new LiteralCheck(types);
    this.fragments = fragments;
    this.conflicts = conflicts;
    this.messages = messages;
  }

  List<VariableUse> uses() {
    return uses;
  }

  /** {@code parent} {@code null}: unknown, and then nothing is known of the fields. */
  void selections(List<Node> nodes, TypeDef.@Nullable ObjectType parent, TypeRef shownAs) {
    if (parent != null && conflicts != null) {
      conflicts.within(nodes).forEach(messages::add);
    }
    for (Node node : nodes) {
      if (node instanceof Node.Field field) {
        field(field, parent);
      } else if (node instanceof Node.Spread spread) {
        spread(spread, parent);
      } else {
        inline((Node.Inline) node, parent, shownAs);
      }
    }
  }

  void directives(List<Node.Directive> directives, String place) {
    for (Node.Directive directive : directives) {
      TypeDef.Directive known = types.directive(directive.name());
      if (known == null) {
        messages.add("Unknown directive \"" + directive.name() + "\".");
      } else if (!known.places().contains(place)) {
        messages.add("Directive \"" + directive.name() + "\" may not be used on " + place + ".");
      }
      arguments(
          directive.arguments(),
          known == null ? null : known.arguments(),
          "directive \"@" + directive.name() + "\".");
    }
  }

  private void field(Node.Field field, TypeDef.@Nullable ObjectType parent) {
    TypeDef.Field known = parent == null ? null : types.field(parent, field.name());
    if (parent != null && known == null) {
      messages.add(
          "Cannot query field \""
              + field.name()
              + "\" on type \""
              + parent.name()
              + "\"."
              + Suggestions.didYouMean(field.name(), shown(parent)));
    }
    TypeDef.ObjectType answered = null;
    if (known != null) {
      answered = types.base(known.type()) instanceof TypeDef.ObjectType object ? object : null;
      children(field, known, answered);
    }
    arguments(
        field.arguments(),
        known == null ? null : known.arguments(),
        "field \""
            + field.name()
            + "\" of type \""
            + (parent == null ? "" : parent.name())
            + "\".");
    directives(field.directives(), "FIELD");
    if (field.children() != null) {
      TypeRef shownAs = known == null ? TypeRef.named("") : known.type();
      selections(field.children(), answered, shownAs);
    }
    if (known != null) {
      required(field, known);
    }
  }

  private static Collection<String> shown(TypeDef.ObjectType parent) {
    return parent.fields().values().stream()
        .filter(it -> !it.isHidden())
        .map(TypeDef.Field::name)
        .toList();
  }

  private void children(
      Node.Field field, TypeDef.Field known, TypeDef.@Nullable ObjectType answered) {
    boolean isLeaf = answered == null;
    if (isLeaf != (field.children() == null)) {
      String must = isLeaf ? "must not" : "must";
      messages.add(
          "Field \""
              + field.name()
              + "\" of type \""
              + known.type()
              + "\" "
              + must
              + " have a sub selection.");
    }
  }

  private void required(Node.Field field, TypeDef.Field known) {
    for (TypeDef.Input argument : known.arguments().values()) {
      if (argument.type() instanceof TypeRef.NonNull && field.argument(argument.name()) == null) {
        messages.add(
            "Field \""
                + field.name()
                + "\" argument \""
                + argument.name()
                + "\" of type \""
                + argument.type()
                + "\" is required but not provided.");
      }
    }
  }

  /** {@code known} {@code null}: what may stand there is unknown. */
  private void arguments(
      List<Node.Argument> arguments, @Nullable Map<String, TypeDef.Input> known, String place) {
    Set<String> names = new HashSet<>();
    for (Node.Argument argument : arguments) {
      TypeDef.Input input = known == null ? null : known.get(argument.name());
      if (input != null) {
        List<String> faults = literals.faults(input.type(), argument.value());
        if (!faults.isEmpty()) {
          messages.add(
              "Argument \""
                  + argument.name()
                  + "\" has invalid value "
                  + argument.value()
                  + ".\n"
                  + String.join("\n", faults));
        }
      } else if (known != null) {
        messages.add(
            "Unknown argument \""
                + argument.name()
                + "\" on "
                + place
                + Suggestions.didYouMean(argument.name(), known.keySet()));
      }
      if (!names.add(argument.name())) {
        messages.add("There can be only one argument named \"" + argument.name() + "\".");
      }
      literal(argument.value(), input == null ? null : input.type());
    }
  }

  /** Notes variables, and members given twice. */
  private void literal(Literal literal, @Nullable TypeRef expected) {
    if (literal instanceof Literal.Variable variable) {
      uses.add(new VariableUse(variable.name(), expected));
    } else if (literal instanceof Literal.Items items) {
      TypeRef inner = expected instanceof TypeRef.NonNull nonNull ? nonNull.inner() : expected;
      TypeRef element = inner instanceof TypeRef.ListOf list ? list.element() : null;
      items.values().forEach(it -> literal(it, element));
    } else if (literal instanceof Literal.Members object) {
      TypeDef type = expected == null ? null : types.base(expected);
      Set<String> names = new HashSet<>();
      for (Literal.Member member : object.members()) {
        if (!names.add(member.name())) {
          messages.add("There can be only one input field named \"" + member.name() + "\".");
        }
        TypeDef.Input input =
            type instanceof TypeDef.InputType inputType
                ? inputType.fields().get(member.name())
                : null;
        literal(member.value(), input == null ? null : input.type());
      }
    }
  }

  private void spread(Node.Spread spread, TypeDef.@Nullable ObjectType parent) {
    directives(spread.directives(), "FRAGMENT_SPREAD");
    Document.Fragment fragment = fragments.get(spread.fragment());
    if (fragment == null) {
      messages.add("Unknown fragment \"" + spread.fragment() + "\".");
      return;
    }
    boolean isObject = types.type(fragment.onType()) instanceof TypeDef.ObjectType;
    if (parent != null && isObject && !fragment.onType().equals(parent.name())) {
      messages.add(
          "Fragment \""
              + spread.fragment()
              + "\" cannot be spread here as objects of type \""
              + parent.name()
              + "\" can never be of type \""
              + fragment.onType()
              + "\".");
    }
  }

  /** Without a condition only an object can be opened, not a list of them, as in the reference. */
  private void inline(Node.Inline inline, TypeDef.@Nullable ObjectType parent, TypeRef shownAs) {
    directives(inline.directives(), "INLINE_FRAGMENT");
    String onType = inline.onType();
    if (onType == null) {
      if (parent != null && shownAs.toString().startsWith("[")) {
        messages.add(cannotSpread(parent.name(), shownAs.toString()));
      }
      selections(inline.children(), parent, shownAs);
      return;
    }
    TypeDef.ObjectType narrowed = condition(onType, null);
    if (parent != null && narrowed != null && !narrowed.name().equals(parent.name())) {
      messages.add(cannotSpread(parent.name(), onType));
    }
    selections(inline.children(), narrowed, TypeRef.named(onType));
  }

  private static String cannotSpread(String parent, String fragment) {
    return "Fragment cannot be spread here as objects of type \""
        + parent
        + "\" can never be of type \""
        + fragment
        + "\".";
  }

  /** The object a fragment is on; reports what is none. {@code fragment} null: an inline one. */
  TypeDef.@Nullable ObjectType condition(String onType, @Nullable String fragment) {
    TypeDef type = types.type(onType);
    if (type == null) {
      messages.add(unknownType(onType));
    } else if (!(type instanceof TypeDef.ObjectType)) {
      String which = fragment == null ? "Fragment" : "Fragment \"" + fragment + "\"";
      messages.add(which + " cannot condition on non composite type \"" + onType + "\".");
    }
    return type instanceof TypeDef.ObjectType object ? object : null;
  }

  String unknownType(String name) {
    return "Unknown type \""
        + name
        + "\"."
        + Suggestions.didYouMean(name, types.types().stream().map(TypeDef::name).toList());
  }
}
