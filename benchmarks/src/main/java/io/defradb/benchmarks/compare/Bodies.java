package io.defradb.benchmarks.compare;

import java.util.List;

/** Requests of the routes beside GraphQL that are wrong in one place, and so change nothing. */
final class Bodies {
  /** A route, and the members of its body that must be of one kind. */
  private record Route(String method, String path, List<String> members) {}

  private static final List<String> VALUES =
      List.of("5", "[]", "{}", "true", "[5]", "{\"a\": 1}", "1.5", "\"x\"");

  private final Chance chance;
  private final Documents documents;

  Bodies(Chance chance, Documents documents) {
    this.chance = chance;
    this.documents = documents;
  }

  Question of(Type type) {
    return switch (chance.below(4)) {
      case 0 -> new Question("GET", chance.pick(readable(type)), "", false);
      case 1 -> document(type);
      default -> body(type);
    };
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
