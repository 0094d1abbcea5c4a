package io.defradb.graphql.parse;

import io.defradb.document.DateTimes;
import io.defradb.document.Value;
import io.defradb.graphql.schema.TypeDef;
import io.defradb.graphql.schema.TypeSystem;
import io.defradb.graphql.syntax.Literal;
import io.defradb.graphql.syntax.TypeRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Coerces literals that were validated against the type of their position. */
final class Literals {
  private final TypeSystem types;
  private final Map<String, Given> variables;

  /** {@code variables}: those of the operation that have a value, coerced. */
  Literals(TypeSystem types, Map<String, Given> variables) {
    this.types = types;
    this.variables = variables;
  }

  Given coerce(TypeRef type, Literal literal) {
    if (literal instanceof Literal.Variable variable) {
      return variables.getOrDefault(variable.name(), Given.One.NULL);
    }
    if (literal instanceof Literal.Null) {
      return Given.One.NULL;
    }
    if (type instanceof TypeRef.NonNull nonNull) {
      return coerce(nonNull.inner(), literal);
    }
    if (type instanceof TypeRef.ListOf list) {
      return new Given.Many(elements(list.element(), literal));
    }
    if (types.base(type) instanceof TypeDef.InputType input
        && literal instanceof Literal.Members object) {
      return members(input, object);
    }
    return new Given.One(scalar(type.baseName(), literal));
  }

  private List<Given> elements(TypeRef element, Literal literal) {
    if (!(literal instanceof Literal.Items items)) {
      return List.of(coerce(element, literal));
    }
    var elements = new ArrayList<Given>(items.values().size());
    for (Literal item : items.values()) {
      elements.add(coerce(element, item));
    }
    return elements;
  }

  private Given members(TypeDef.InputType input, Literal.Members object) {
    var members = new LinkedHashMap<String, Given>();
    for (Literal.Member member : object.members()) {
      TypeDef.Input field = input.fields().get(member.name());
      if (field != null && !isAbsent(member.value())) {
        members.put(member.name(), coerce(field.type(), member.value()));
      }
    }
    return new Given.Members(members);
  }

  private boolean isAbsent(Literal literal) {
    return literal instanceof Literal.Variable variable && !variables.containsKey(variable.name());
  }

  private Value scalar(String type, Literal literal) {
    if (type.equals("JSON")) {
      return json(literal);
    }
    return switch (literal.kind()) {
      case INT -> number(type, ((Literal.Int) literal).digits());
      case FLOAT -> number(type, ((Literal.Float) literal).digits());
      case TEXT -> text(type, ((Literal.Text) literal).value());
      case WORD -> new Value.Text(((Literal.Word) literal).name());
      case BOOL -> Value.Bool.of(((Literal.Bool) literal).value());
      case NULL, ITEMS, MEMBERS, VARIABLE -> Value.NULL;
    };
  }

  private static Value number(String type, String digits) {
    return switch (type) {
      case "Int" -> new Value.Int(Long.parseLong(digits));
      case "Float32" -> new Value.Float32(Float.parseFloat(digits));
      case "ID" -> new Value.Text(digits);
      default -> new Value.Float64(Double.parseDouble(digits));
    };
  }

  static Value text(String type, String text) {
    return new Value.Text(type.equals("DateTime") ? DateTimes.canonical(text) : text);
  }

  /** Words are strings; every number is a float. */
  private Value json(@Nullable Literal literal) {
    if (literal instanceof Literal.Items items) {
      var values = new ArrayList<Value>(items.values().size());
      items.values().forEach(it -> values.add(json(it)));
      return new Value.Items(values);
    }
    if (literal instanceof Literal.Members object) {
      var values = new TreeMap<String, Value>();
      object.members().forEach(it -> values.put(it.name(), json(it.value())));
      return new Value.Fields(values);
    }
    if (literal instanceof Literal.Variable variable) {
      return VariableValues.json(variables.getOrDefault(variable.name(), Given.One.NULL).value());
    }
    return literal == null ? Value.NULL : scalar("", literal);
  }
}
