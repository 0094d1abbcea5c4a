package io.defradb.graphql.schema;

import static io.defradb.graphql.schema.Shapes.field;
import static io.defradb.graphql.schema.Shapes.input;
import static io.defradb.graphql.schema.Shapes.list;
import static io.defradb.graphql.schema.Shapes.listOfRequired;
import static io.defradb.graphql.schema.Shapes.named;

import io.defradb.graphql.syntax.TypeRef;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.List;

/** Generates {@code Query}, {@code Mutation} and {@code Subscription}. */
final class RootTypes {
  static final String QUERY = "Query";
  static final String MUTATION = "Mutation";
  static final String SUBSCRIPTION = "Subscription";

  private RootTypes() {}

  static TypeDef.ObjectType query(List<CollectionVersion> collections) {
    var fields = new ArrayList<TypeDef.Field>();
    fields.add(filler());
    fields.addAll(CommitTypes.queries());
    var counted = new ArrayList<TypeDef.Input>();
    var numeric = new ArrayList<TypeDef.Input>();
    for (CollectionVersion collection : collections) {
      String name = collection.name();
      fields.add(documents(name));
      counted.add(input(name, "", named(name + "__CountSelector")));
      numeric.add(input(name, "", named(name + "__NumericSelector")));
    }
    if (!collections.isEmpty()) {
      fields.add(aggregate("_count", "Int", counted));
      for (String function : CollectionTypes.NUMERIC_FUNCTIONS) {
        fields.add(aggregate(function, "Float", numeric));
      }
    }
    return object(QUERY, fields);
  }

  static TypeDef.ObjectType mutation(List<CollectionVersion> collections) {
    var fields = new ArrayList<TypeDef.Field>();
    fields.add(filler());
    for (CollectionVersion collection : collections) {
      if (!CollectionTypes.isView(collection)) {
        mutations(collection.name(), fields);
      }
    }
    return object(MUTATION, fields);
  }

  static TypeDef.ObjectType subscription(List<CollectionVersion> collections) {
    var fields = new ArrayList<TypeDef.Field>();
    fields.add(filler());
    for (CollectionVersion collection : collections) {
      fields.add(documents(collection.name()));
    }
    return object(SUBSCRIPTION, fields);
  }

  private static TypeDef.ObjectType object(String name, List<TypeDef.Field> fields) {
    return Shapes.object(name, "", fields.toArray(TypeDef.Field[]::new));
  }

  /** Every object of GraphQL has a field: this one stands for none. */
  private static TypeDef.Field filler() {
    return field("_", "", named("Boolean"));
  }

  private static TypeDef.Field documents(String name) {
    return field(name, "", list(name), CollectionTypes.documents(name, true));
  }

  private static TypeDef.Field aggregate(
      String function, String type, List<TypeDef.Input> arguments) {
    return field(
        function,
        CollectionTypes.words(function),
        named(type),
        arguments.toArray(TypeDef.Input[]::new));
  }

  private static void mutations(String name, List<TypeDef.Field> fields) {
    TypeRef answer = list(name);
    TypeRef filterType = named(name + "FilterArg");
    TypeRef inputType = named(name + "MutationInputArg");
    TypeDef.Input filter = input("filter", Words.FILTER, filterType);
    TypeDef.Input docIds = input("docID", Words.DOC_IDS, list("ID"));
    fields.add(
        field(
            "create_" + name,
            "Creates documents.",
            answer,
            input("input", "The documents to create.", listOfRequired(name + "MutationInputArg")),
            input("encrypt", "Whether the documents are encrypted as a whole.", named("Boolean")),
            input("encryptFields", "Fields to encrypt.", listOfRequired(name + "ExplicitField"))));
    fields.add(
        field(
            "update_" + name,
            "Updates the documents that match; without conditions, all.",
            answer,
            docIds,
            filter,
            input("input", "The new values.", inputType)));
    fields.add(
        field(
            "upsert_" + name,
            "Updates the one document that matches, or creates it.",
            answer,
            input("filter", "Matches one document or none.", filterType.required()),
            input("create", "The document to create.", inputType.required()),
            input("update", "The new values.", inputType.required())));
    fields.add(
        field(
            "delete_" + name,
            "Deletes the documents that match; without conditions, all.",
            answer,
            docIds,
            filter));
  }
}
