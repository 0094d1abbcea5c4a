package io.defradb.graphql.validation;

import io.defradb.graphql.schema.TypeDef;
import io.defradb.graphql.schema.TypeSystem;
import io.defradb.graphql.syntax.Literal;
import io.defradb.graphql.syntax.TypeRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks literals against types; variables are checked where their values are known. */
final class LiteralCheck {
  /** Enough to see what is wrong; a large list could otherwise answer with as many lines. */
  private static final int FAULTS_MAX = 100;

  private final TypeSystem types;

  LiteralCheck(TypeSystem types) {
    this.types = types;
  }

  /** What is wrong, a line each; empty: nothing. {@code literal} null: absent. */
  List<String> faults(TypeRef type, @Nullable Literal literal) {
    if (type instanceof TypeRef.NonNull nonNull) {
      if (literal == null || literal instanceof Literal.Null) {
        return List.of("Expected \"" + type + "\", found null.");
      }
      return faults(nonNull.inner(), literal);
    }
    if (literal == null || literal instanceof Literal.Null || literal instanceof Literal.Variable) {
      return List.of();
    }
    if (type instanceof TypeRef.ListOf list) {
      return literal instanceof Literal.Items items
          ? elementFaults(list.element(), items)
          : faults(list.element(), literal);
    }
    TypeDef named = types.base(type);
    if (named instanceof TypeDef.InputType input) {
      return literal instanceof Literal.Members object
          ? memberFaults(input, object)
          : List.of("Expected \"" + input.name() + "\", found not an object.");
    }
    boolean isValid =
        named instanceof TypeDef.EnumType choice
            ? literal instanceof Literal.Word word && choice.values().containsKey(word.name())
            : ScalarLiterals.isOf(type.baseName(), literal);
    return isValid ? List.of() : List.of("Expected type \"" + type + "\", found " + literal + ".");
  }

  private List<String> elementFaults(TypeRef element, Literal.Items items) {
    var faults = new ArrayList<String>();
    for (Literal item : items.values()) {
      // The reference counts the faults of one element, not the elements.
      int number = 1;
      for (String fault : faults(element, item)) {
        faults.add("In element #" + number++ + ": " + fault);
      }
      if (faults.size() >= FAULTS_MAX) {
        break;
      }
    }
    return faults;
  }

  private List<String> memberFaults(TypeDef.InputType input, Literal.Members object) {
    var faults = new ArrayList<String>();
    var given = new HashMap<String, Literal>();
    for (Literal.Member member : object.members()) {
      given.put(member.name(), member.value());
      if (!input.fields().containsKey(member.name())) {
        faults.add("In field \"" + member.name() + "\": Unknown field.");
      }
    }
    for (TypeDef.Input field : input.fields().values()) {
      if (faults.size() >= FAULTS_MAX) {
        break;
      }
      for (String fault : faults(field.type(), given.get(field.name()))) {
        faults.add("In field \"" + field.name() + "\": " + fault);
      }
    }
    return faults;
  }
}
