package io.defradb.graphql.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.graphql.syntax.Document;
import io.defradb.graphql.syntax.Literal;
import io.defradb.graphql.syntax.Node;
import io.defradb.graphql.syntax.Selections;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a validated selection as descriptions hold it: what is not given is null.
 *
 * <pre>
 * selection  {Name, Alias, Fields, Limit, Offset, OrderBy, Filter, DocIDs, CID, GroupBy, ShowDeleted}
 * aggregate  {Name, Alias, Targets: [{Limit, Offset, OrderBy, Filter, HostName, ChildName}]}
 * similarity {Name, Alias, Vector, Target}
 * field      {Name, Alias}
 * </pre>
 */
final class QueryJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Selections selections;

  QueryJson(Selections selections) {
    this.selections = selections;
  }

  /** The first field of {@code operation}. */
  ObjectNode first(Document.Operation operation) {
    return node(selections.spread(operation.children()).get(0));
  }

  private ObjectNode node(Node.Field field) {
    ObjectNode node = JSON.objectNode();
    node.put("Name", field.name());
    node.put("Alias", field.alias());
    List<Node> children = field.children();
    if (children != null) {
      select(field, children, node);
    } else if (field.name().equals(ViewWords.SIMILARITY)) {
      similarity(field, node);
    } else if (ViewWords.AGGREGATES.contains(field.name()) && !field.arguments().isEmpty()) {
      ArrayNode targets = node.putArray("Targets");
      field.arguments().forEach(it -> targets.add(target(it)));
    }
    return node;
  }

  private void select(Node.Field field, List<Node> children, ObjectNode node) {
    ArrayNode fields = node.putArray("Fields");
    selections.spread(children).forEach(child -> fields.add(node(child)));
    node.set("Limit", value(field.argument("limit")));
    node.set("Offset", value(field.argument("offset")));
    node.set("OrderBy", order(field.argument("order"), null));
    node.set("Filter", conditions(field.argument("filter")));
    node.set("DocIDs", list(value(field.argument("docID"))));
    node.set("CID", value(field.argument("cid")));
    JsonNode groupBy = list(value(field.argument("groupBy")));
    node.set("GroupBy", groupBy.isNull() ? groupBy : JSON.objectNode().set("Fields", groupBy));
    node.put("ShowDeleted", value(field.argument("showDeleted")).asBoolean());
  }

  private static void similarity(Node.Field field, ObjectNode node) {
    for (Node.Argument argument : field.arguments()) {
      node.set("Vector", value(argument.value()).path("vector"));
      node.put("Target", argument.name());
    }
  }

  private static ObjectNode target(Node.Argument argument) {
    Literal selector = argument.value();
    ObjectNode target = JSON.objectNode();
    target.set("Limit", value(member(selector, "limit")));
    target.set("Offset", value(member(selector, "offset")));
    target.set("OrderBy", order(member(selector, "order"), argument.name()));
    target.set("Filter", conditions(member(selector, "filter")));
    target.put("HostName", argument.name());
    target.put("ChildName", value(member(selector, "field")).asText("")); // none: empty, not null
    return target;
  }

  private static @Nullable Literal member(Literal object, String name) {
    if (object instanceof Literal.Members members) {
      for (Literal.Member member : members.members()) {
        if (member.name().equals(name)) {
          return member.value();
        }
      }
    }
    return null;
  }

  private static JsonNode conditions(@Nullable Literal filter) {
    JsonNode conditions = value(filter);
    return conditions.isNull() ? conditions : JSON.objectNode().set("Conditions", conditions);
  }

  /** {@code host}: of an array, whose order is a bare direction; {@code null} without one. */
  private static JsonNode order(@Nullable Literal order, @Nullable String host) {
    if (order == null || order instanceof Literal.Null) {
      return JSON.nullNode();
    }
    ArrayNode conditions = JSON.arrayNode();
    if (order instanceof Literal.Word direction && host != null) {
      conditions.add(condition(JSON.arrayNode().add(host), direction));
    } else {
      List<Literal> items = order instanceof Literal.Items list ? list.values() : List.of(order);
      items.forEach(item -> addCondition(item, conditions));
    }
    return JSON.objectNode().set("Conditions", conditions);
  }

  private static void addCondition(Literal item, ArrayNode conditions) {
    ArrayNode path = JSON.arrayNode();
    Literal inside = item;
    while (inside instanceof Literal.Members members && !members.members().isEmpty()) {
      Literal.Member only = members.members().get(0);
      path.add(only.name());
      inside = only.value();
    }
    if (inside instanceof Literal.Word direction) {
      conditions.add(condition(path, direction));
    }
  }

  private static ObjectNode condition(ArrayNode path, Literal.Word direction) {
    ObjectNode condition = JSON.objectNode();
    condition.set("Fields", path);
    condition.put("Direction", direction.name());
    return condition;
  }

  /** One value stands for a list of it. */
  private static JsonNode list(JsonNode value) {
    return value.isNull() || value.isArray() ? value : JSON.arrayNode().add(value);
  }

  private static JsonNode value(@Nullable Literal literal) {
    if (literal == null) {
      return JSON.nullNode();
    }
    return switch (literal.kind()) {
      case INT -> integer(new BigInteger(((Literal.Int) literal).digits()));
      case FLOAT ->
          JSON.numberNode(new BigDecimal(((Literal.Float) literal).digits()).doubleValue());
      case TEXT -> JSON.textNode(((Literal.Text) literal).value());
      case BOOL -> JSON.booleanNode(((Literal.Bool) literal).value());
      case WORD -> JSON.textNode(((Literal.Word) literal).name());
      case ITEMS -> {
        ArrayNode items = JSON.arrayNode();
        ((Literal.Items) literal).values().forEach(item -> items.add(value(item)));
        yield items;
      }
      case MEMBERS -> {
        ObjectNode members = JSON.objectNode();
        ((Literal.Members) literal)
            .members()
            .forEach(member -> members.set(member.name(), value(member.value())));
        yield members;
      }
      case NULL, VARIABLE -> JSON.nullNode();
    };
  }

  /** As a parser reads it, so that a test operation of a patch finds it equal. */
  private static JsonNode integer(BigInteger value) {
    if (value.bitLength() < Integer.SIZE) {
      return JSON.numberNode(value.intValue());
    }
    return value.bitLength() < Long.SIZE
        ? JSON.numberNode(value.longValue())
        : JSON.numberNode(value);
  }
}
