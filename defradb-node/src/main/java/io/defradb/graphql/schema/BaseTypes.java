package io.defradb.graphql.schema;

import static io.defradb.graphql.schema.Shapes.enumOf;
import static io.defradb.graphql.schema.Shapes.input;
import static io.defradb.graphql.schema.Shapes.inputObject;
import static io.defradb.graphql.schema.Shapes.inputs;
import static io.defradb.graphql.schema.Shapes.list;
import static io.defradb.graphql.schema.Shapes.named;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Scalars, enums and directives that are there without any collection. */
final class BaseTypes {
  private static final List<String> ON_FIELD = List.of("FIELD_DEFINITION");
  private static final List<String> ON_OBJECT = List.of("OBJECT");

  private BaseTypes() {}

  static List<TypeDef> types(boolean hasCollections) {
    var types = new ArrayList<TypeDef>();
    types.add(new TypeDef.ScalarType("Blob", "Bytes, as hexadecimal digits."));
    types.add(new TypeDef.ScalarType("Boolean", "True or false."));
    types.add(new TypeDef.ScalarType("DateTime", "A point in time as RFC 3339 writes it."));
    types.add(new TypeDef.ScalarType("Float", "A number of double precision."));
    types.add(new TypeDef.ScalarType("Float32", "A number of single precision."));
    types.add(new TypeDef.ScalarType("Float64", "A number of double precision."));
    types.add(new TypeDef.ScalarType("ID", "The identity of something, as text."));
    types.add(new TypeDef.ScalarType("Int", "A whole number of 64 bits."));
    types.add(new TypeDef.ScalarType("JSON", "Any JSON value."));
    types.add(new TypeDef.ScalarType("String", "Text."));
    types.add(
        enumOf(
            "Ordering", "",
            "ASC", "From the least to the greatest; null is the least.",
            "DESC", "From the greatest to the least; null is the least."));
    types.add(
        enumOf(
            "CRDTType",
            "How concurrent changes of a field are merged.",
            "lww",
            "The last write wins.",
            "pcounter",
            "A counter that only grows.",
            "pncounter",
            "A counter that grows and shrinks."));
    types.add(
        enumOf(
            "ExplainType",
            "How a request is explained.",
            "simple",
            "The plan and its attributes.",
            "execute",
            "The plan after it ran, with counts.",
            "debug",
            "The plan in full, without attributes."));
    types.add(
        inputObject(
            "IndexField",
            "A field of an index.",
            input("field", "", named("String")),
            input("direction", "", named("Ordering"))));
    types.addAll(OperatorTypes.base());
    types.addAll(CommitTypes.types(hasCollections));
    return types;
  }

  /** In the order in which the reference lists them. */
  static List<TypeDef.Directive> directives() {
    return List.of(
        new TypeDef.Directive(
            "crdt",
            "Says how concurrent changes of a field are merged.",
            ON_FIELD,
            inputs(input("type", "", named("CRDTType")))),
        new TypeDef.Directive(
            "default", "The value of a field that is not given.", ON_FIELD, defaults()),
        new TypeDef.Directive(
            "explain",
            "Answers how a request is run.",
            List.of("QUERY", "MUTATION"),
            inputs(input("type", "", named("ExplainType")))),
        new TypeDef.Directive(
            "policy",
            "Links a collection to a policy of access.",
            ON_OBJECT,
            inputs(input("id", "", named("String")), input("resource", "", named("String")))),
        new TypeDef.Directive(
            "index", "Indexes a field or several.", List.of("OBJECT", "FIELD_DEFINITION"), index()),
        new TypeDef.Directive(
            "primary", "The side of a relation that holds the key.", ON_FIELD, Map.of()),
        new TypeDef.Directive(
            "relation",
            "Names a relation.",
            ON_FIELD,
            inputs(input("name", "The same on both sides.", named("String")))),
        new TypeDef.Directive(
            "materialized",
            "Whether a view keeps its results.",
            ON_OBJECT,
            inputs(input("if", "", named("Boolean")))),
        new TypeDef.Directive(
            "branchable",
            "Gives a collection a history of its own.",
            ON_OBJECT,
            inputs(input("if", "", named("Boolean")))),
        new TypeDef.Directive(
            "embedding", "Computes a vector from other fields.", ON_FIELD, embedding()),
        new TypeDef.Directive(
            "constraints",
            "Limits the values of a field.",
            ON_FIELD,
            inputs(input("size", "The exact length of an array.", named("Int")))));
  }

  private static Map<String, TypeDef.Input> defaults() {
    return inputs(
        input("blob", "", named("Blob")),
        input("bool", "", named("Boolean")),
        input("dateTime", "", named("DateTime")),
        input("float", "", named("Float")),
        input("float32", "", named("Float32")),
        input("float64", "", named("Float64")),
        input("int", "", named("Int")),
        input("json", "", named("JSON")),
        input("string", "", named("String")));
  }

  private static Map<String, TypeDef.Input> embedding() {
    return inputs(
        input("fields", "The fields it is computed from.", list("String")),
        input("model", "The model of the provider.", named("String")),
        input("provider", "Who computes it.", named("String")),
        input("template", "How the text for the model is put together.", named("String")),
        input("url", "Where the provider is.", named("String")));
  }

  private static Map<String, TypeDef.Input> index() {
    return inputs(
        input("direction", "The direction of fields that name none.", named("Ordering")),
        input("includes", "The fields that are indexed.", list("IndexField")),
        input("name", "The name of the index.", named("String")),
        input("unique", "Whether no two documents may share the values.", named("Boolean")));
  }
}
