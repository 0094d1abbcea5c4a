package io.defradb.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random mutations, by GraphQL and by the routes of documents. */
final class Writes {
  private final World world;
  private final Chance chance;
  private final Filters filters;
  private final Documents documents;

  Writes(World world, Chance chance, Filters filters, Documents documents) {
    this.world = world;
    this.chance = chance;
    this.filters = filters;
    this.documents = documents;
  }

  Question create(Type type, int key) {
    String one = values(type, key, true);
    String input = chance.oneIn(4) ? "[" + one + ", " + values(type, key + 1000, true) + "]" : one;
    return Question.write(
        "mutation {create_"
            + type.name()
            + "(input: "
            + input
            + ") {_docID "
            + fields(type)
            + "}}");
  }

  Question change(Type type, int key) {
    String name = type.name();
    String answer = " {_docID " + fields(type) + "}}";
    String docId = "\"" + documents.any(type, chance) + "\"";
    return switch (chance.below(8)) {
      case 0, 1, 2 ->
          Question.write(
              "mutation {update_"
                  + name
                  + "(docID: "
                  + docId
                  + ", input: "
                  + values(type, key, false)
                  + ")"
                  + answer);
      case 3, 4 ->
          Question.write(
              "mutation {update_"
                  + name
                  + "(filter: "
                  + filters.of(type)
                  + ", input: "
                  + values(type, key, false)
                  + ")"
                  + answer);
      case 5 ->
          Question.write(
              "mutation {upsert_"
                  + name
                  + "(filter: "
                  + filters.of(type)
                  + ", create: "
                  + values(type, key, true)
                  + ", update: "
                  + values(type, key, false)
                  + ")"
                  + answer);
      case 6 -> Question.write("mutation {delete_" + name + "(docID: " + docId + ")" + answer);
      default ->
          new Question(
              "PATCH",
              "/collections/" + name + "/" + documents.any(type, chance),
              "{\"key\": " + key + "}",
              true);
    };
  }

  private String fields(Type type) {
    return type.fields().stream().map(Field::name).collect(Collectors.joining(" "));
  }

  private String values(Type type, int key, boolean isWhole) {
    List<String> members = new ArrayList<>();
    if (isWhole) {
      members.add("key: " + key);
    }
    for (Field field : type.fields()) {
      if (field.name().equals("key") || chance.oneIn(isWhole ? 5 : 2)) {
        continue;
      }
      String value = chance.oneIn(8) ? "null" : chance.pick(field.kind().samples());
      members.add(field.name() + ": " + value);
    }
    for (Link link : type.links()) {
      if (link.isPrimary() && chance.oneIn(isWhole ? 2 : 6)) {
        String id = documents.any(world.named(link.target()), chance);
        String value = chance.oneIn(8) ? "null" : "\"" + id + "\"";
        members.add(link.name() + (chance.oneIn(2) ? "_id" : "") + ": " + value);
      }
    }
    return members.stream().collect(Collectors.joining(", ", "{", "}"));
  }

  /** Several of one request. */
  Question several(int key) {
    return Question.write(
        IntStream.range(0, 2)
            .mapToObj(
                it -> {
                  Type type = chance.pick(world.types());
                  return "m"
                      + it
                      + ": create_"
                      + type.name()
                      + "(input: "
                      + values(type, key + it, true)
                      + ") {_docID}";
                })
            .collect(Collectors.joining(" ", "mutation {", "}")));
  }
}
