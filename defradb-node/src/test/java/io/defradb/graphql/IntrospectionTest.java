package io.defradb.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The generated types are the reference's, as data. Descriptions are our own words. */
class IntrospectionTest {
  static final String FULL_QUERY =
      """
      query IntrospectionQuery {
        __schema {
          queryType { name } mutationType { name } subscriptionType { name }
          types { ...FullType }
          directives { name description locations args { ...InputValue } }
        }
      }
      fragment FullType on __Type {
        kind name description
        fields(includeDeprecated: true) {
          name description args { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason
        }
        inputFields { ...InputValue }
        interfaces { ...TypeRef }
        enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
        possibleTypes { ...TypeRef }
      }
      fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
      fragment TypeRef on __Type {
        kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } }
      }
      """;

  private final GraphqlDoor door = new GraphqlDoor();

  @ParameterizedTest
  @ValueSource(strings = {"empty", "getting-started-user", "rich"})
  void givenASchema_whenIntrospected_thenTheTypesPrintAsTheReferences(String name) {
    JsonNode schema = ask(name).get("__schema");
    assertThat(SchemaPrinter.print(schema)).isEqualTo(Recorded.kept(name + ".graphql"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty", "getting-started-user", "rich"})
  void givenTheFullRecord_whenIntrospected_thenAllButTheWordsIsEqual(String name)
      throws IOException {
    Optional<Path> record = Recorded.beside("reference/introspection/" + name + ".json");
    assumeTrue(record.isPresent(), "the reference's records are not beside the vectors");
    JsonNode expected = Recorded.parse(Files.readString(record.get())).get("data");
    assertThat(comparable(ask(name)).toPrettyString())
        .isEqualTo(comparable(expected).toPrettyString());
  }

  @Test
  void givenOtherFieldsBeside_whenIntrospected_thenTheyAreNull() {
    SdlCatalog catalog = SdlCatalog.of("type U { name: String }");
    assertThat(
            data("{ __schema { queryType { name } } U { name } __typename }", catalog).toString())
        .isEqualTo(
            "{\"U\":null,\"__schema\":{\"queryType\":{\"name\":\"Query\"}},"
                + "\"__typename\":\"Query\"}");
  }

  @Test
  void givenAnUnknownType_whenAsked_thenItIsNull() {
    SdlCatalog catalog = SdlCatalog.of("type U { name: String }");
    assertThat(data("query($n: String!) { __type(name: $n) { name } }", catalog).toString())
        .isEqualTo("{\"__type\":null}");
  }

  private JsonNode ask(String name) {
    String sdl = Recorded.kept(name + ".sdl");
    return data(FULL_QUERY, sdl.isBlank() ? SdlCatalog.of() : SdlCatalog.of(sdl));
  }

  private JsonNode data(String query, SdlCatalog catalog) {
    ParsedRequest parsed = door.parse(query, null, Map.of("n", "Nope"), catalog);
    assertThat(parsed).isInstanceOf(ParsedRequest.Introspected.class);
    return Recorded.parse(((ParsedRequest.Introspected) parsed).dataJson().toUtf8());
  }

  /** Lists sorted; of a description only whether there is one. */
  private static JsonNode comparable(JsonNode node) {
    if (node.isArray()) {
      List<JsonNode> items = new ArrayList<>();
      node.forEach(item -> items.add(comparable(item)));
      items.sort(Comparator.comparing(it -> it.path("name").asText(it.toString())));
      ArrayNode sorted = JsonNodeFactory.instance.arrayNode();
      items.forEach(sorted::add);
      return sorted;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    names.sort(Comparator.naturalOrder());
    for (String name : names) {
      JsonNode value = node.get(name);
      if (name.equals("description")) {
        object.put(name, value.asText("").isEmpty() ? "" : "…");
      } else {
        object.set(name, comparable(value));
      }
    }
    return object;
  }
}
