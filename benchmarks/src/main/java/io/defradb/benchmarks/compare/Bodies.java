package io.defradb.benchmarks.compare;

import java.util.List;

/** Requests of the routes beside GraphQL that are wrong in one place, and so change nothing. */
final class Bodies {
  /** A route, and the members of its body that must be of one kind. */
  private record Route(String method, String path, List<String> members) {}

  private static final List<String> VALUES =
      List.of("5", "[]", "{}", "true", "[5]", "{\"a\": 1}", "1.5", "\"x\"");

  private static final List<String> PLACES =
      List.of(
          "/Name", "/Fields", "/Fields/-", "/Fields/0", "/Fields/99", "/Fields/-1", "/Nope", "");

  /** None of them makes a collection. */
  private static final List<String> SDL =
      List.of(
          "{}",
          "type X {a: Nope}",
          "type Int {a: Int}",
          "type X {a: Int @index(unique: null)}",
          "type X @index(includes: {field: \"a\"}) {a: Int}",
          "type X {a: Float @default(float: 1e400)}",
          "type X {a: [Int!] @constraints()}",
          "type X {a: Int @crdt(type: none)}",
          "type X {a: String!}",
          "type X {a: Y}",
          "directive @x on FIELD",
          "type X {a: Int @relation(name: \"x\"}");

  private final Chance chance;
  private final Documents documents;

  Bodies(Chance chance, Documents documents) {
    this.chance = chance;
    this.documents = documents;
  }

  Question of(Type type) {
    return switch (chance.below(6)) {
      case 0 -> new Question("GET", chance.pick(readable(type)), "", false);
      case 1 -> document(type);
      case 2 -> patch(type);
      case 3 -> new Question("POST", "/schema", chance.pick(SDL), false);
      default -> body(type);
    };
  }

  /** That cannot be applied. */
  private Question patch(Type type) {
    String operation =
        "{\"op\": \""
            + chance.pick(List.of("add", "remove", "replace", "move", "copy", "test", "jump"))
            + "\""
            + (chance.oneIn(4) ? "" : ", \"path\": \"/" + type.name() + chance.pick(PLACES) + "\"")
            + (chance.oneIn(3) ? "" : ", \"from\": \"/" + type.name() + chance.pick(PLACES) + "\"")
            + (chance.oneIn(3) ? "" : ", \"value\": " + chance.pick(VALUES))
            + "}";
    String test = "{\"op\": \"test\", \"path\": \"/" + type.name() + "/Name\", \"value\": \"x\"}";
    String text = chance.oneIn(5) ? chance.pick(VALUES) : "[" + operation + ", " + test + "]";
    return new Question("PATCH", "/schema", "{\"Patch\": " + Json.text(text) + "}", false);
  }

  private Question body(Type type) {
    Route route = chance.pick(routes(type.name()));
    String value = chance.pick(VALUES);
    String body =
        chance.oneIn(4)
            ? chance.pick(List.of("[]", "5", "true", "", "{", "x"))
            : "{\"" + chance.pick(route.members()) + "\": " + value + "}";
    return new Question(route.method(), route.path(), body, false);
  }

  private static List<Route> routes(String type) {
    return List.of(
        new Route("PATCH", "/schema", List.of("Patch", "SetAsDefaultVersion", "Migration")),
        new Route("POST", "/view", List.of("SDL", "Transform")),
        new Route("POST", "/lens/registry/x/up", List.of("CollectionID", "Data")),
        new Route("POST", "/lens/registry/x/down", List.of("CollectionID", "Data")),
        new Route("POST", "/collections/" + type + "/indexes", List.of("Name", "Fields", "Unique")),
        new Route("PATCH", "/collections/" + type, List.of("updater")),
        new Route("POST", "/ccip", List.of("sender", "data")),
        new Route("POST", "/graphql", List.of("operationName", "variables")));
  }

  /** Of a document that is there: a value of another kind for one of its fields. */
  private Question document(Type type) {
    Field field = chance.pick(type.fields());
    String value =
        field.kind() == Kind.JSON || field.kind().isList() || field.isCounter()
            ? "{\"a\"}"
            : chance.pick(List.of("[]", "{}", "[5]", "{\"a\": 1}"));
    return new Question(
        "PATCH",
        "/collections/" + type.name() + "/" + documents.any(type, chance),
        "{\"" + field.name() + "\": " + value + "}",
        false);
  }

  private static List<String> readable(Type type) {
    String name = type.name();
    return List.of(
        "/collections?name=" + name,
        "/collections?name=" + name + "x",
        "/collections?version_id=x",
        "/collections?get_inactive=x&name=" + name,
        "/schema?name=" + name,
        "/schema?version_id=x",
        "/collections/" + name + "x/indexes",
        "/collections/" + name + "/indexes",
        "/collections/" + name + "/x",
        "/tx/x",
        "/block/verify-signature?cid=x&public-key=00",
        "/graphql?query=%7B" + name + "%7Bkey%7D%7D&variables=5");
  }
}
