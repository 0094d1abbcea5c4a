package io.defradb.acp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.acp.DocumentAccess.Permission;
import io.defradb.acp.DocumentAccess.Relationship;
import io.defradb.document.DocId;
import io.defradb.error.DefraException;
import io.defradb.schema.CollectionVersion;
import io.defradb.testing.Vectors;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Policies, their IDs and faults, and who may do what, as the reference decides it. */
class AccessVectorsTest {
  private static final DocId PRIVATE = new DocId("bae-f841e561-231b-5d61-8c2e-8e101589c6fa");
  private static final DocId PUBLIC = new DocId("bae-11111111-231b-5d61-8c2e-8e101589c6fa");
  private static final InstantSource CLOCK = () -> Instant.EPOCH;

  private final DocumentAccess access =
      new LocalAccessControl(true, CLOCK).within(new AccessInMemory());

  static Stream<JsonNode> cases(String kind) {
    return Vectors.cases("acp").stream().filter(it -> it.get("kind").asText().equals(kind));
  }

  static Stream<JsonNode> policies() {
    return cases("policy");
  }

  static Stream<JsonNode> decisions() {
    return cases("access");
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("policies")
  void givenAPolicy_whenAdded_thenItsIdOrItsFaultIsTheReferences(JsonNode vector) {
    assertAdded(vector);
    if (vector.has("policyID")) {
      String id = vector.get("policyID").asText();
      assertLink(vector.get("linkResource_users"), id, "users");
      assertLink(vector.get("linkResource_nope"), id, "nope");
    }
  }

  private void assertAdded(JsonNode vector) {
    var creator = new Asker(vector.path("creator").asText(""));
    String text = vector.get("policy").asText();
    assertSame(vector, "policyID", () -> access.addPolicy(creator, text));
  }

  private void assertLink(JsonNode expected, String id, String resource) {
    assertSame(
        expected,
        "ok",
        () -> {
          access.check(id, resource);
          return "true";
        });
  }

  private static void assertSame(JsonNode expected, String answer, Callable<String> call) {
    if (expected.has("error")) {
      DefraException fault = catchThrowableOfType(DefraException.class, call::call);
      assertThat(fault).hasMessage(expected.get("error").asText());
    } else {
      assertThat(call).returns(expected.get(answer).asText(), AccessVectorsTest::called);
    }
  }

  private static String called(Callable<String> call) {
    try {
      return call.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static Stream<Arguments> unreadable() {
    return Stream.of(
        Arguments.of("name: \"a\"b\"", "yaml: did not find expected key"),
        Arguments.of("name: a\nx", "yaml: line 3: could not find expected ':'"),
        Arguments.of(
            "name: a\nresources: >x\n",
            "yaml: line 2: did not find expected comment or line break"),
        Arguments.of(
            "name: a\nactor: & x",
            "yaml: line 2: did not find expected alphabetic or numeric character"),
        Arguments.of("name: - a", "yaml: block sequence entries are not allowed in this context"),
        Arguments.of("name: a\nactor: *x", "yaml: unknown anchor 'x' referenced"),
        Arguments.of(
            "name: a\n&x : b", "unsupported map key of type: %!s(<nil>), key: <nil>, value: \"b\""),
        Arguments.of(
            "name: a\nactor: n",
            "json: cannot unmarshal bool into Go struct field PolicyShort.actor of type"
                + " types.ActorResource"),
        Arguments.of(
            "name: a\nversion: 1",
            "json: cannot unmarshal number into Go struct field PolicyShort.version of type"
                + " string"),
        Arguments.of(
            "name: a\nmeta:\n  x: 1",
            "json: cannot unmarshal number into Go struct field PolicyShort.meta of type string"),
        Arguments.of(
            "name: a\ndescription: [b]",
            "json: cannot unmarshal array into Go struct field PolicyShort.description of type"
                + " string"));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void givenAPolicyThatCannotBeRead_whenAdded_thenTheReasonIsTheReferences(
      String policy, String reason) {
    assertThatThrownBy(() -> access.addPolicy(new Asker("did:key:a"), policy))
        .hasMessageContaining("invalid short policy: code 4: type BAD_INPUT: ctx={[]}: " + reason);
  }

  /** Faulty policies use numbers up, some of them. */
  @Test
  void givenASequenceOfPolicies_whenAddedToOneStore_thenNumbersAreUsedUpAsTheReferenceDoes() {
    List<JsonNode> sequences = cases("policySequence").toList();
    assertThat(sequences).isNotEmpty();
    for (JsonNode sequence : sequences) {
      DocumentAccess one = new LocalAccessControl(true, CLOCK).within(new AccessInMemory());
      for (JsonNode step : sequence.get("steps")) {
        var creator = new Asker(step.get("creator").asText());
        assertSame(step, "policyID", () -> one.addPolicy(creator, step.get("policy").asText()));
      }
    }
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("decisions")
  void givenRelationships_whenAsked_thenTheAnswerIsTheReferences(JsonNode vector) {
    Map<String, Asker> actors =
        Map.of(
            "owner", asker(vector, "owner"),
            "other", asker(vector, "other"),
            "third", asker(vector, "third"),
            "none", Asker.ANONYMOUS);
    String id = access.addPolicy(asker(vector, "owner"), vector.get("policy").asText());
    CollectionVersion users = TestCollections.withPolicy(id, vector.get("resource").asText());
    access.registerCreated(asker(vector, "owner"), users, PRIVATE);
    access.registerCreated(Asker.ANONYMOUS, users, PUBLIC);
    for (JsonNode step : vector.path("steps")) {
      take(step, actors, users);
    }
    for (Map.Entry<String, JsonNode> actor : vector.get("allowed").properties()) {
      for (Permission permission : Permission.values()) {
        String name = permission.name().toLowerCase(Locale.ROOT);
        JsonNode expected = actor.getValue();
        Asker asker = actors.get(actor.getKey());
        assertThat(access.isAllowed(asker, permission, users, PRIVATE))
            .as("%s %s private", actor.getKey(), name)
            .isEqualTo(expected.get("private").get(name).asBoolean());
        assertThat(access.isAllowed(asker, permission, users, PUBLIC))
            .as("%s %s public", actor.getKey(), name)
            .isEqualTo(expected.get("public").get(name).asBoolean());
      }
    }
  }

  private void take(JsonNode step, Map<String, Asker> actors, CollectionVersion users) {
    String target = step.get("target").asText();
    String actor = actors.containsKey(target) ? actors.get(target).did() : target;
    var wanted = new Relationship(PRIVATE.text(), step.get("relation").asText(), actor);
    Asker requester = actors.get(step.get("requester").asText());
    if (step.get("op").asText().equals("add")) {
      assertSame(
          step,
          "existedAlready",
          () -> Boolean.toString(access.addRelationship(requester, users, wanted)));
    } else {
      assertSame(
          step,
          "recordFound",
          () -> Boolean.toString(access.removeRelationship(requester, users, wanted)));
    }
  }

  private static Asker asker(JsonNode vector, String name) {
    return new Asker(vector.get("identities").get(name).asText());
  }
}
