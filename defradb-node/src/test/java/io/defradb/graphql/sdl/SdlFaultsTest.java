package io.defradb.graphql.sdl;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.error.DefraException;
import io.defradb.schema.draft.NewCollections;
import io.defradb.schema.rule.PolicyCheck;
import io.defradb.schema.rule.RuleBook;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts that the reference answers to wrong SDL (DefraDB v0.19.0). */
class SdlFaultsTest {

  static Stream<Arguments> faults() {
    return Stream.of(
        of("type A { x: Nope }", "no type found for given name. Field: x, Kind: Nope"),
        of("type A { x: String! }", "NonNull fields are not currently supported"),
        of(
            "type B { x: String } type A { x: [B!] }",
            "NonNull variants for type are not supported. Type: B"),
        of(
            "type A4 { x: String ",
            "Syntax Error GraphQL (1:21) Expected Name, found EOF\n\n"
                + "1: type A4 { x: String \n                       ^\n"),
        of(
            "type A5 { x String }",
            "Syntax Error GraphQL (1:13) Expected :, found Name \"String\"\n\n"
                + "1: type A5 { x String }\n               ^\n"),
        of("type User { name: }", "field type not specified. Object: User, Field: name"),
        of(
            "type A { x: Int @crdt(type: \"purple\") }",
            "Argument \"type\" has invalid value \"purple\".\n"
                + "Expected type \"CRDTType\", found \"purple\"."),
        of(
            "type A @index(purple: 1, includes: [{field: \"x\"}]) { x: String }",
            "Unknown argument \"purple\" on directive \"@index\"."),
        of(
            "type A @index(includes: [{field: \"nope\"}]) { x: String }",
            "creating an index on a non-existing property. Field: nope"),
        of("type A @index { x: String }", "index missing fields"),
        of("type A { x: String @index(name: \"1 bad\") }", "index with invalid name. Name: 1 bad"),
        of(
            "type A { x: String @index(name: \"same\") y: String @index(name: \"same\") }",
            "index with name already exists. Name: same"),
        of(
            "type A { x: Int @default(int: 1, string: \"a\") }",
            "default value must specify one argument. Field: x"),
        of(
            "type A { x: [Int] @default(int: 1) }",
            "default value is not allowed for this field type. Name: x, Type: List"),
        of(
            "type A { x: Int @constraints(size: 2) }",
            "size constraint can only be applied to array fields. Actual: Int"),
        of(
            "type P @policy(id: \"abc\", resource: \"u\") { a: String }",
            "can not specify policy on collection, without acp"),
        of(
            "type P @policy(id: null, resource: \"u\") { a: String }",
            "policy directive with invalid id property"),
        of(
            "type P @policy(id: \"abc\", resource: null) { a: String }",
            "policy directive with invalid resource property"),
        of(
            "type A { b: B @relation(name: null) } type B { a: A }",
            "unexpected type. Property: Relationship name, Expected: string, Actual: <nil>"),
        of(
            "type A { b: B } type B { a: A }",
            "relation missing field. Object: B, RelationName: a_b\n"
                + "relation missing field. Object: A, RelationName: a_b"),
        of(
            "type A { a: String v: [Float32!] @embedding(fields: [\"a\"], model: \"m\") }",
            "embedding Provider cannot be empty\nunknown embedding provider. Provider: "),
        of("type A @purple { a: String }", "Unknown directive \"purple\"."),
        of("type A @primary { a: String }", "Directive \"primary\" may not be used on OBJECT."),
        of(
            "type A @materialized(if: false) { a: String }",
            "non-materialized collections are not supported. Collection: A"),
        of("interface A { a: String }", "no type found for given name. Type: AMutationInputArg"),
        of("query { x }", "Cannot query field \"x\" on type \"Query\". Did you mean \"_\"?"),
        of("type A { x: [[Int]] }", "no type found for given name. Field: x, Kind: [[Int]]"),
        of(
            "type A { x: [Int!] @constraints() }",
            "Syntax Error GraphQL (1:32) Unexpected empty IN ()\n\n"
                + "1: type A { x: [Int!] @constraints() }\n                                  ^\n"),
        of(
            "type A { x: Float @default(float: 1e400) }",
            "Argument \"float\" has invalid value 1e400.\nExpected type \"Float\", found 1e400."),
        of(
            "type A { x: JSON @default(json: 99999999999) }",
            "Argument \"json\" has invalid value 99999999999.\n"
                + "Expected type \"JSON\", found 99999999999."),
        of(
            "type A @index(includes: [{field: \"x\"}, {field: 1}]) { x: Int }",
            "Argument \"includes\" has invalid value [{field: \"x\"}, {field: 1}].\n"
                + "In element #1: In field \"field\": Expected type \"String\", found 1."),
        of("type A { x: Int @index(unique: null) }", "index with invalid argument"),
        of("type A @index(includes: {field: \"x\"}) { x: Int }", "index with invalid argument"),
        of(
            "directive @x(a: Int) on FIELD | QUERY type A { x: Nope }",
            "no type found for given name. Field: x, Kind: Nope"),
        of("type A { x: [[Int]!] }", "no type found for given name. Field: x, Kind: [[Int]!]"));
  }

  private static Arguments of(String sdl, String message) {
    return Arguments.of(sdl, message);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void givenWrongSdl_whenMade_thenTheTextIsTheReferences(String sdl, String message) {
    var collections = new NewCollections(new RuleBook(PolicyCheck.NONE));
    assertThatThrownBy(() -> collections.make(new SdlReader().read(sdl), List.of()))
        .isInstanceOf(DefraException.class)
        .hasMessage(message);
  }
}
