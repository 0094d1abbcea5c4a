package io.defradb.graphql.parse;

import io.defradb.document.Value;
import io.defradb.graphql.schema.TypeDef;
import io.defradb.graphql.syntax.Literal;
import io.defradb.graphql.syntax.Node;
import io.defradb.request.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of one field, coerced, in the order written. */
record Arguments(Map<String, Given> values) {

  static Arguments of(Node.Field field, TypeDef.Field type, Literals literals) {
    var values = new LinkedHashMap<String, Given>();
    for (Node.Argument argument : field.arguments()) {
      TypeDef.Input input = type.arguments().get(argument.name());
      Literal literal = argument.value();
      if (input != null) {
        values.put(argument.name(), literals.coerce(input.type(), literal));
      }
    }
    return new Arguments(values);
  }

  /** {@code null}: absent, or null. */
  @Nullable Given get(String name) {
    Given given = values.get(name);
    return given == null || given.isNull() ? null : given;
  }

  boolean isNullGiven(String name) {
    Given given = values.get(name);
    return given != null && given.isNull();
  }

  @Nullable String text(String name) {
    Given given = get(name);
    return given == null ? null : given.text();
  }

  boolean isTrue(String name) {
    return get(name) instanceof Given.One one
        && one.value() instanceof Value.Bool flag
        && flag.value();
  }

  @Nullable Long number(String name) {
    return number(get(name));
  }

  static @Nullable Long number(@Nullable Given given) {
    return given instanceof Given.One one && one.value() instanceof Value.Int number
        ? Long.valueOf(number.value())
        : null;
  }

  Page page() {
    return page(values);
  }

  static Page page(Map<String, Given> values) {
    return new Page(number(values.get("limit")), number(values.get("offset")));
  }

  /** {@code null}: absent, or null. */
  @Nullable List<String> texts(String name) {
    Given given = get(name);
    if (given == null) {
      return null;
    }
    var texts = new ArrayList<String>();
    given.items().stream().filter(it -> !it.isNull()).forEach(it -> texts.add(it.text()));
    return texts;
  }
}
