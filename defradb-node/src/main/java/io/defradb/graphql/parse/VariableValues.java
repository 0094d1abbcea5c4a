package io.defradb.graphql.parse;

import io.defradb.document.JsonWriter;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.graphql.schema.TypeDef;
import io.defradb.graphql.schema.TypeSystem;
import io.defradb.graphql.syntax.Document;
import io.defradb.graphql.syntax.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Coerces the values of variables, as a JSON parser gives them, to their declared types. Looser
 * than literals (query language specification, 3). A variable without value and default has no
 * entry: it reads as null, and members of objects that would hold it are not there.
 */
public final class VariableValues {
  private static final int FAULTS_MAX = 100;

  private final TypeSystem types;

  private VariableValues(TypeSystem types) {
    this.types = types;
  }

  /** Throws INVALID_REQUEST, with the reference's text, for the first value that does not fit. */
  public static Map<String, Given> coerce(
      TypeSystem types,
      Document.Operation operation,
      Map<String, ? extends @Nullable Object> given) {
    if (operation.variables().isEmpty()) {
      return Map.of();
    }
    var values = new LinkedHashMap<String, Given>();
    var coercion = new VariableValues(types);
    for (Document.Variable variable : operation.variables()) {
      boolean isGiven = given.containsKey(variable.name());
      if (isGiven
          || variable.defaultValue() != null
          || variable.type() instanceof TypeRef.NonNull) {
        values.put(variable.name(), coercion.value(variable, isGiven, given.get(variable.name())));
      }
    }
    return values;
  }

  /** One value under the name that messages use; throws the same. */
  public static Given coerce(TypeSystem types, String name, TypeRef type, Object input) {
    return new VariableValues(types).value(new Document.Variable(name, type, null), true, input);
  }

  private Given value(Document.Variable variable, boolean isGiven, @Nullable Object input) {
    if (input == null) {
      if (!isGiven && variable.defaultValue() != null) {
        return new Literals(types, Map.of()).coerce(variable.type(), variable.defaultValue());
      }
      if (variable.type() instanceof TypeRef.NonNull) {
        throw refused(variable, "of required type \"" + variable.type() + "\" was not provided.");
      }
      return Given.One.NULL;
    }
    var faults = new ArrayList<String>();
    Given value = coerce(variable.type(), input, faults);
    if (!faults.isEmpty()) {
      throw refused(
          variable, "got invalid value " + print(input) + ".\n" + String.join("\n", faults));
    }
    return value;
  }

  private static DefraException refused(Document.Variable variable, String words) {
    return new DefraException(
        ErrorCode.INVALID_REQUEST, "Variable \"$" + variable.name() + "\" " + words);
  }

  private Given coerce(TypeRef type, @Nullable Object input, List<String> faults) {
    if (input == null) {
      if (type instanceof TypeRef.NonNull) {
        faults.add("Expected \"" + type + "\", found null.");
      }
      return Given.One.NULL;
    }
    if (type instanceof TypeRef.NonNull nonNull) {
      return coerce(nonNull.inner(), input, faults);
    }
    if (type instanceof TypeRef.ListOf list) {
      return new Given.Many(elements(list.element(), input, faults));
    }
    TypeDef named = types.base(type);
    if (named instanceof TypeDef.InputType object) {
      return members(object, input, faults);
    }
    Value value = named == null ? null : ofNamed(named, input);
    if (value == null) {
      faults.add("Expected type \"" + type + "\", found \"" + LooseScalars.print(input) + "\".");
      return Given.One.NULL;
    }
    return new Given.One(value);
  }

  private static @Nullable Value ofNamed(TypeDef named, Object input) {
    if (named instanceof TypeDef.EnumType choice) {
      return input instanceof String name && choice.values().containsKey(name)
          ? new Value.Text(name)
          : null;
    }
    return LooseScalars.coerce(named.name(), input);
  }

  private List<Given> elements(TypeRef element, Object input, List<String> faults) {
    if (!(input instanceof List<?> list)) {
      return List.of(coerce(element, input, faults));
    }
    var elements = new ArrayList<Given>(list.size());
    for (Object item : list) {
      var inner = new ArrayList<String>();
      elements.add(coerce(element, item, inner));
      for (int i = 0; i < inner.size() && faults.size() < FAULTS_MAX; i++) {
        faults.add("In element #" + elements.size() + ": " + inner.get(i));
      }
    }
    return elements;
  }

  private Given members(TypeDef.InputType type, Object input, List<String> faults) {
    if (!(input instanceof Map<?, ?> object)) {
      faults.add("Expected \"" + type.name() + "\", found not an object.");
      return Given.One.NULL;
    }
    var names = new TreeSet<String>();
    object.keySet().forEach(it -> names.add(String.valueOf(it)));
    names.removeAll(type.fields().keySet());
    for (String name : names) {
      faults.add("In field \"" + name + "\": Unknown field.");
    }
    var members = new LinkedHashMap<String, Given>();
    for (Map.Entry<?, ?> member : object.entrySet()) {
      TypeDef.Input field = type.fields().get(String.valueOf(member.getKey()));
      if (field != null) {
        members.put(field.name(), member(field, member.getValue(), faults));
      }
    }
    for (TypeDef.Input field : type.fields().values()) {
      if (field.type() instanceof TypeRef.NonNull && !object.containsKey(field.name())) {
        member(field, null, faults);
      }
    }
    return new Given.Members(members);
  }

  private Given member(TypeDef.Input field, @Nullable Object input, List<String> faults) {
    var inner = new ArrayList<String>();
    Given value = coerce(field.type(), input, inner);
    for (int i = 0; i < inner.size() && faults.size() < FAULTS_MAX; i++) {
      faults.add("In field \"" + field.name() + "\": " + inner.get(i));
    }
    return value;
  }

  /** The JSON text of what was given. */
  private static String print(Object input) {
    byte[] json = new JsonWriter().value(LooseScalars.json(input)).toBytes();
    return new String(json, StandardCharsets.UTF_8);
  }

  /** A coerced value inside JSON: every number is a float. */
  static Value json(Value value) {
    return switch (value.type()) {
      case INT -> new Value.Float64(((Value.Int) value).value());
      case FLOAT32 -> new Value.Float64(((Value.Float32) value).value());
      case LIST -> {
        var items = new ArrayList<Value>();
        ((Value.Items) value).values().forEach(it -> items.add(json(it)));
        yield new Value.Items(items);
      }
      case MAP -> {
        var fields = new TreeMap<String, Value>();
        ((Value.Fields) value).values().forEach((name, it) -> fields.put(name, json(it)));
        yield new Value.Fields(fields);
      }
      case NULL, BOOL, FLOAT64, TEXT -> value;
    };
  }
}
