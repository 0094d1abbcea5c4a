package io.defradb.graphql.validation;

import io.defradb.graphql.schema.TypeDef;
import io.defradb.graphql.schema.TypeSystem;
import io.defradb.graphql.syntax.Document;
import io.defradb.graphql.syntax.Literal;
import io.defradb.graphql.syntax.Selections;
import io.defradb.graphql.syntax.TypeRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks a parsed request against the types. One object for one document. */
public final class Validator {
  private final TypeSystem types;
  private final Document document;
  private final @Nullable Conflicts conflicts;
  private final FragmentGraph graph;
  private final Messages messages = new Messages();
  private final Map<String, Document.Fragment> fragments = new LinkedHashMap<>();
  private final Map<Document.Definition, DefinitionWalk> walks = new IdentityHashMap<>();

  private Validator(TypeSystem types, Document document, int fieldsMax) {
    this.types = types;
    this.document = document;
    document.fragments().forEach(it -> fragments.putIfAbsent(it.name(), it));
    this.graph = new FragmentGraph(fragments);
    graph.cycles().forEach(messages::add);
    // Fragments that spread themselves have no end to compare.
    boolean isFinite = messages.texts().isEmpty();
    this.conflicts = isFinite ? new Conflicts(new Selections(document, fieldsMax)) : null;
  }

  /**
   * What is wrong with {@code document}, in the reference's words; empty: nothing.
   *
   * @throws io.defradb.error.DefraException TOO_LARGE when checking meets more than {@code
   *     fieldsMax} fields
   */
  public static List<String> validate(TypeSystem types, Document document, int fieldsMax) {
    var validator = new Validator(types, document, fieldsMax);
    validator.run();
    return validator.messages.texts();
  }

  /** What is wrong with a literal that stands alone. */
  public static List<String> validate(TypeSystem types, TypeRef type, Literal literal) {
    return new LiteralCheck(types).faults(type, literal);
  }

  @SuppressWarnings("ReferenceEquality") // two equal texts are still two fragments
  private void run() {
    for (Document.Fragment fragment : document.fragments()) {
      if (fragments.get(fragment.name()) != fragment) {
        messages.add("There can only be one fragment named \"" + fragment.name() + "\".");
      }
    }
    var operationNames = new HashSet<String>();
    int operationCount = document.operations().size();
    for (Document.Definition definition : document.definitions()) {
      var walk = new DefinitionWalk(types, fragments, conflicts, messages);
      walks.put(definition, walk);
      if (definition instanceof Document.Operation operation) {
        names(operation, operationNames, operationCount);
        operation(operation, walk);
      } else {
        fragment((Document.Fragment) definition, walk);
      }
    }
    document.operations().forEach(this::variables);
    unused();
  }

  private void names(Document.Operation operation, Set<String> names, int operationCount) {
    if (operation.name() == null && operationCount > 1) {
      messages.add("This anonymous operation must be the only defined operation.");
    }
    String name = operation.name() == null ? "" : operation.name();
    if (!names.add(name)) {
      messages.add("There can only be one operation named \"" + name + "\".");
    }
  }

  private void operation(Document.Operation operation, DefinitionWalk walk) {
    var names = new HashSet<String>();
    for (Document.Variable variable : operation.variables()) {
      definition(variable, walk);
      if (!names.add(variable.name())) {
        messages.add("There can only be one variable named \"" + variable.name() + "\".");
      }
    }
    walk.directives(operation.directives(), operation.kind().name());
    TypeDef.ObjectType root = types.root(operation.kind());
    walk.selections(operation.children(), root, TypeRef.named(root.name()));
  }

  private void definition(Document.Variable variable, DefinitionWalk walk) {
    TypeDef type = types.base(variable.type());
    boolean isBareUnknown = type == null && variable.type() instanceof TypeRef.Named;
    if (type instanceof TypeDef.ObjectType || (type == null && !isBareUnknown)) {
      messages.add(
          "Variable \"$"
              + variable.name()
              + "\" cannot be non-input type \""
              + variable.type()
              + "\".");
    }
    if (type == null) {
      messages.add(walk.unknownType(variable.type().baseName()));
    }
    if (type == null || type instanceof TypeDef.ObjectType) {
      return;
    }
    if (variable.defaultValue() == null) {
      return;
    }
    if (variable.type() instanceof TypeRef.NonNull nonNull) {
      messages.add(
          "Variable \"$"
              + variable.name()
              + "\" of type \""
              + variable.type()
              + "\" is required and will not use the default value. Perhaps you meant to use type \""
              + nonNull.inner()
              + "\".");
    }
    List<String> faults = new LiteralCheck(types).faults(variable.type(), variable.defaultValue());
    if (!faults.isEmpty()) {
      messages.add(
          "Variable \"$"
              + variable.name()
              + "\" has invalid default value: "
              + variable.defaultValue()
              + ".\n"
              + String.join("\n", faults));
    }
  }

  private void fragment(Document.Fragment fragment, DefinitionWalk walk) {
    walk.directives(fragment.directives(), "FRAGMENT_DEFINITION");
    TypeDef.ObjectType type = walk.condition(fragment.onType(), fragment.name());
    walk.selections(fragment.children(), type, TypeRef.named(fragment.onType()));
  }

  private DefinitionWalk walk(Document.Definition definition) {
    DefinitionWalk walk = walks.get(definition);
    if (walk == null) {
      throw new IllegalStateException("a definition that was not walked");
    }
    return walk;
  }

  private void variables(Document.Operation operation) {
    List<VariableUse> uses = new ArrayList<>(walk(operation).uses());
    for (Document.Fragment fragment : graph.reachable(operation.children())) {
      uses.addAll(walk(fragment).uses());
    }
    var defined = new HashMap<String, Document.Variable>();
    operation.variables().forEach(it -> defined.put(it.name(), it));
    var used = new HashSet<String>();
    for (VariableUse use : uses) {
      used.add(use.name());
      Document.Variable variable = defined.get(use.name());
      if (variable == null) {
        messages.add("Variable \"$" + use.name() + "\" is not defined" + by(operation));
      }
    }
    for (Document.Variable variable : operation.variables()) {
      if (!used.contains(variable.name())) {
        String in = operation.name() == null ? "." : " in operation \"" + operation.name() + "\".";
        messages.add("Variable \"$" + variable.name() + "\" is never used" + in);
      }
    }
    uses.forEach(use -> position(use, defined.get(use.name())));
  }

  private static String by(Document.Operation operation) {
    return operation.name() == null ? "." : " by operation \"" + operation.name() + "\".";
  }

  private void position(VariableUse use, Document.@Nullable Variable variable) {
    if (variable == null || use.expected() == null) {
      return;
    }
    boolean isKnown = types.base(variable.type()) != null;
    if (!isKnown && variable.type() instanceof TypeRef.Named) {
      return;
    }
    TypeRef effective =
        variable.defaultValue() == null ? variable.type() : variable.type().required();
    if (!VariableUse.isFitting(effective, use.expected())) {
      messages.add(
          "Variable \"$"
              + use.name()
              + "\" of type \""
              + (isKnown ? variable.type().toString() : withoutName(variable.type()))
              + "\" used in position expecting type \""
              + use.expected()
              + "\".");
    }
  }

  /** What is left of an unknown type's text in the reference: a list or bang over it is empty. */
  private static String withoutName(TypeRef type) {
    if (type instanceof TypeRef.ListOf list) {
      return list.element() instanceof TypeRef.Named ? "" : "[" + withoutName(list.element()) + "]";
    }
    return type instanceof TypeRef.NonNull nonNull && !(nonNull.inner() instanceof TypeRef.Named)
        ? withoutName(nonNull.inner()) + "!"
        : "";
  }

  private void unused() {
    var used = new HashSet<String>();
    for (Document.Operation operation : document.operations()) {
      graph.reachable(operation.children()).forEach(it -> used.add(it.name()));
    }
    for (String name : fragments.keySet()) {
      if (!used.contains(name)) {
        messages.add("Fragment \"" + name + "\" is never used.");
      }
    }
  }
}
