package io.defradb.graphql.sdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.error.DefraException;
import io.defradb.schema.CollectionDescription;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.draft.CollectionDraft;
import io.defradb.schema.draft.NewCollections;
import io.defradb.schema.json.CollectionJson;
import io.defradb.schema.json.CollectionVersionCodec;
import io.defradb.schema.json.SchemaJson;
import io.defradb.schema.patch.Activation;
import io.defradb.schema.patch.CollectionPatch;
import io.defradb.schema.patch.SchemaPatch;
import io.defradb.schema.rule.PolicyCheck;
import io.defradb.schema.rule.RuleBook;
import io.defradb.testing.Vectors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every case of {@code collections.json}: IDs, descriptions, schemas and faults are the
 * reference's.
 */
class CollectionVectorsTest {
  private final RuleBook rules = new RuleBook(PolicyCheck.NONE);
  private final Map<String, CollectionVersion> stored = new TreeMap<>();

  static Stream<Arguments> cases() {
    return Vectors.cases("collections").stream()
        .map(testCase -> Arguments.of(testCase.get("name").asText(), testCase));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void givenTheStepsOfACase_whenTaken_thenAllIsAsTheReferenceHasIt(String name, JsonNode testCase) {
    for (JsonNode step : testCase.get("steps")) {
      if (step.hasNonNull("error")) {
        assertThatThrownBy(() -> take(step, testCase))
            .isInstanceOf(DefraException.class)
            .hasMessage(step.get("error").asText());
      } else {
        take(step, testCase);
      }
    }
    List<CollectionVersion> versions =
        stored.values().stream()
            .sorted(
                Comparator.comparing(CollectionVersion::name)
                    .thenComparing(CollectionVersion::versionId))
            .toList();
    assertThat(
            versions.stream()
                .map(version -> CollectionJson.tree(CollectionDescription.of(version)).toString()))
        .containsExactlyElementsOf(expected(testCase, "collections"));
    assertThat(versions.stream().map(version -> SchemaJson.tree(version.schema()).toString()))
        .containsExactlyInAnyOrderElementsOf(expected(testCase, "schemas"));
    var codec = new CollectionVersionCodec();
    assertThat(versions).allSatisfy(v -> assertThat(codec.decode(codec.encode(v))).isEqualTo(v));
  }

  private static List<String> expected(JsonNode testCase, String member) {
    var texts = new ArrayList<String>();
    testCase.get(member).forEach(tree -> texts.add(tree.toString()));
    return texts;
  }

  private void take(JsonNode step, JsonNode testCase) {
    switch (step.get("op").asText()) {
      case "addSchema" -> add(new SdlReader().read(step.get("sdl").asText()));
      case "addView" -> addView(step, testCase);
      case "patchSchema" ->
          put(
              new SchemaPatch(rules)
                  .apply(
                      all(),
                      step.get("patch").toString(),
                      null,
                      step.path("setActive").asBoolean()));
      case "patchCollection" ->
          put(new CollectionPatch(rules).apply(all(), step.get("patch").toString()));
      case "setActive" -> put(Activation.activate(all(), step.get("versionID").asText()));
      default -> throw new AssertionError(step);
    }
  }

  /** The query's JSON is another room's; here it is the one that the reference made of it. */
  private void addView(JsonNode step, JsonNode testCase) {
    String query = testCase.get("collections").findValue("Query").toString();
    var source = new CollectionVersion.Source.Query(query, null);
    List<CollectionDraft> drafts = new SdlReader().read(step.get("sdl").asText());
    add(drafts.stream().map(draft -> draft.withSource(source)).toList());
  }

  private void add(List<CollectionDraft> drafts) {
    List<CollectionVersion> active = all().stream().filter(CollectionVersion::isActive).toList();
    put(new NewCollections(rules).make(drafts, active));
  }

  private List<CollectionVersion> all() {
    return List.copyOf(stored.values());
  }

  private void put(List<CollectionVersion> versions) {
    versions.forEach(version -> stored.put(version.versionId(), version));
  }
}
