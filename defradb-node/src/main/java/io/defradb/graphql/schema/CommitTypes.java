package io.defradb.graphql.schema;

import static io.defradb.graphql.schema.Shapes.enumOf;
import static io.defradb.graphql.schema.Shapes.field;
import static io.defradb.graphql.schema.Shapes.input;
import static io.defradb.graphql.schema.Shapes.inputObject;
import static io.defradb.graphql.schema.Shapes.list;
import static io.defradb.graphql.schema.Shapes.listOfRequired;
import static io.defradb.graphql.schema.Shapes.named;
import static io.defradb.graphql.schema.Shapes.object;

import java.util.List;

/** Commits and how they are asked for (query language specification, 5). */
final class CommitTypes {
  private static final String CID = "The CID of this commit.";
  private static final String DOC_ID = "The docID of the document it belongs to.";
  private static final String FIELD_NAME =
      "The field it changes; '_C' for a document, null for a collection.";
  private static final String HEIGHT = "Its height in the chain, from 1.";

  private CommitTypes() {}

  /** {@code isGroupable}: {@code Commit} has {@code _group} as soon as there is a collection. */
  static List<TypeDef> types(boolean isGroupable) {
    return List.of(
        commit(isGroupable), link(), signature(), countedField(), groupFields(), order());
  }

  /** {@code commits} and {@code latestCommits}, as fields of the query. */
  static List<TypeDef.Field> queries() {
    TypeDef.Input fieldName =
        input("fieldName", "Only commits of this field; '_C' for documents.", named("String"));
    String docIdWords = "Only commits of the document with this docID.";
    TypeDef.Field commits =
        field(
            "commits",
            "All commits, or those that match.",
            list("Commit"),
            input("docID", docIdWords, named("ID")),
            input("cid", "The commit with this CID.", named("ID")),
            fieldName,
            input("depth", "How far to follow the chain.", named("Int")),
            input("order", Words.ORDER, list("commitsOrderArg")),
            input("groupBy", Words.GROUP_BY, listOfRequired("commitFields")),
            input("limit", Words.LIMIT, named("Int")),
            input("offset", Words.OFFSET, named("Int")));
    TypeDef.Field latest =
        field(
            "latestCommits",
            "The heads of a document, or of one of its fields.",
            list("Commit"),
            input("docID", docIdWords, named("ID").required()),
            fieldName);
    return List.of(
        commits,
        latest,
        Shapes.hidden("_commits", commits),
        Shapes.hidden("_latestCommits", latest));
  }

  private static TypeDef commit(boolean isGroupable) {
    TypeDef.Field group = field("_group", Words.GROUP, list("Commit"));
    return object(
        "Commit",
        "A commit: one step in the history of a field, a document or a collection.",
        field("cid", CID, named("String")),
        field("height", HEIGHT, named("Int")),
        field("docID", DOC_ID, named("String")),
        field("fieldName", FIELD_NAME, named("String")),
        field("delta", "The value it sets, in CBOR.", named("String")),
        field("schemaVersionId", "The schema version it was made at.", named("String")),
        field("links", Words.LINKS, list("CommitLink")),
        field("signature", "Who signed it, and the signature.", named("Signature")),
        field(
            "_count", Words.COUNT, named("Int"), input("field", "", named("commitCountFieldArg"))),
        isGroupable ? group : Shapes.hidden("_group", group));
  }

  private static TypeDef link() {
    return object(
        "CommitLink",
        Words.LINKS,
        field("cid", "The CID of the commit that is linked.", named("String")),
        field("name", "The field that the linked commit changes.", named("String")));
  }

  private static TypeDef signature() {
    return object(
        "Signature",
        "The signature of a commit.",
        field("type", "The kind of signature.", named("String")),
        field("identity", "The public key of the signer.", named("String")),
        field("value", "The signature itself.", named("String")));
  }

  private static TypeDef countedField() {
    return enumOf("commitCountFieldArg", Words.COUNT, "links", Words.LINKS);
  }

  private static TypeDef groupFields() {
    return enumOf(
        "commitFields", "What commits can be grouped by.",
        "cid", CID,
        "docID", DOC_ID,
        "fieldName", FIELD_NAME,
        "height", HEIGHT);
  }

  private static TypeDef order() {
    return inputObject(
        "commitsOrderArg",
        Words.ORDER,
        input("cid", CID, named("Ordering")),
        input("docID", DOC_ID, named("Ordering")),
        input("height", HEIGHT, named("Ordering")));
  }
}
