package io.defradb.benchmarks.compare;

import java.util.List;

/** Random reads of all forms: collections, aggregates, commits, explanations, faulty requests. */
final class Questions {
  private final World world;
  private final Chance chance;
  private final Filters filters;
  private final Selections selections;
  private final Documents documents;
  private final Bodies bodies;

  Questions(World world, Chance chance, Filters filters, Documents documents) {
    this.world = world;
    this.chance = chance;
    this.filters = filters;
    this.documents = documents;
    bodies = new Bodies(chance, documents);
    selections = new Selections(world, chance, filters, documents);
  }

  Question next() {
    Type type = chance.pick(world.types());
    return switch (chance.below(26)) {
      case 0, 1 -> Question.read("{" + selections.aggregateOf(type.name(), type) + "}");
      case 2, 3, 4 ->
          Question.read("query @explain" + explained() + " {" + selections.query(type) + "}");
      case 5, 6 ->
          world.hasEqualCommits() ? Question.read("{" + commits(type) + "}") : document(type);
      case 7 -> twoAtOnce(type);
      case 8 -> withVariables(type);
      case 9 -> withFragment(type);
      case 10, 11 -> faulty(type);
      case 12 -> document(type);
      case 13, 14 -> bodies.of(type);
      default -> Question.read("{" + selections.query(type) + "}");
    };
  }

  private String explained() {
    return chance.pick(List.of("", "(type: simple)", "(type: execute)", "(type: debug)"));
  }

  private Question twoAtOnce(Type type) {
    Type other = chance.pick(world.types());
    return Question.read(
        "{r0: " + selections.query(type) + " r1: " + selections.query(other) + "}");
  }

  private Question withFragment(Type type) {
    String fields =
        String.join(" ", chance.some(type.fields(), 3).stream().map(Field::name).toList());
    return Question.read(
        "{"
            + type.name()
            + "(filter: "
            + filters.of(type)
            + ") {...F key}} fragment F on "
            + type.name()
            + " {_docID "
            + fields
            + "}");
  }

  private Question withVariables(Type type) {
    Field field = chance.pick(type.fields().stream().filter(it -> !it.kind().isList()).toList());
    String kind = field.kind() == Kind.FLOAT ? "Float64" : field.kind().sdl();
    String value =
        chance.oneIn(4)
            ? chance.pick(
                List.of("1", "\"a\"", "true", "null", "1.5", "[]", "{\"b\": 1}", "1000000"))
            : field.kind() == Kind.JSON ? "{\"a\": 1}" : chance.pick(field.kind().samples());
    String query =
        "query Q($v: "
            + kind
            + ", $n: Int = 2) {"
            + type.name()
            + "(limit: $n, filter: {"
            + field.name()
            + ": {"
            + chance.pick(List.of("_eq", "_ne"))
            + ": $v}}) {key "
            + field.name()
            + "}}";
    return new Question(
        "POST",
        "/graphql",
        "{\"query\": "
            + Json.text(query)
            + ", \"variables\": {"
            + (chance.oneIn(6) ? "" : "\"v\": " + value)
            + "}}",
        false);
  }

  /** The yardstick shows defaults where null was written. */
  private Question document(Type type) {
    if (type.fields().stream().anyMatch(it -> it.directives().contains("@default"))) {
      return Question.read("{" + type.name() + " {key}}");
    }
    String path = "/collections/" + type.name() + "/" + documents.any(type, chance);
    return new Question("GET", path + (chance.oneIn(4) ? "?show_deleted=true" : ""), "", false);
  }

  private String commits(Type type) {
    String fields = "{cid height docID fieldName delta links {cid name}}";
    String docId = "docID: \"" + documents.any(type, chance) + "\"";
    String field = chance.oneIn(3) ? "_C" : chance.pick(type.fields()).name();
    field = chance.oneIn(8) ? "" : field;
    return switch (chance.below(7)) {
      case 0 -> "latestCommits(" + docId + ") " + fields;
      case 1 -> "latestCommits(" + docId + ", fieldName: \"" + field + "\") " + fields;
      case 2 -> "commits(" + docId + ", fieldName: \"" + field + "\") " + fields;
      case 3 ->
          "commits(cid: \""
              + documents.anyCommit(type, chance)
              + "\""
              + (chance.oneIn(2) ? ", depth: " + chance.between(-1, 3) : "")
              + ") "
              + fields;
      case 4 ->
          "commits("
              + docId
              + ", order: {height: "
              + chance.pick(List.of("ASC", "DESC"))
              + "}, limit: 3"
              + (chance.oneIn(2) ? ", offset: 1" : "")
              + ") "
              + fields;
      case 5 ->
          "commits("
              + docId
              + ", groupBy: ["
              + chance.pick(List.of("height", "fieldName", "docID", "cid"))
              + "]) {"
              + chance.pick(List.of("height", "fieldName", "docID"))
              + " _group {cid}}";
      default ->
          "commits("
              + docId
              + ", depth: "
              + chance.between(1, 3)
              + ") {cid height fieldName _count(field: links)}";
    };
  }

  /** As the document was; the reference writes while it reads this, so it comes last. */
  Question timeTravel(Type type) {
    String fields =
        String.join(" ", chance.some(type.fields(), 4).stream().map(Field::name).toList());
    String docId = chance.oneIn(3) ? ", docID: \"" + documents.any(type, chance) + "\"" : "";
    return Question.write(
        "{"
            + type.name()
            + "(cid: \""
            + documents.anyCommit(type, chance)
            + "\""
            + docId
            + ") {_docID "
            + fields
            + "}}");
  }

  private Question faulty(Type type) {
    return Question.read(Faults.in("{" + selections.query(type) + "}", chance));
  }
}
