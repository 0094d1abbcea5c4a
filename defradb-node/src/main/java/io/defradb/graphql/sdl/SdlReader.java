package io.defradb.graphql.sdl;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.CollectionVersion.Policy;
import io.defradb.schema.CollectionVersion.VectorEmbedding;
import io.defradb.schema.IndexRequest;
import io.defradb.schema.draft.CollectionDraft;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads SDL (query-language 1). Pure; safe for use by many threads.
 *
 * <p>Every text has an answer: drafts, or an INVALID_SCHEMA with the words that users know.
 */
public final class SdlReader {
  /** The drafts in the order of the text; relations name types that need not be in it. */
  public List<CollectionDraft> read(String sdl) {
    SdlDocument document = SdlParser.parse(sdl);
    DirectiveCheck.check(document);
    return document.types().stream().map(SdlReader::draft).toList();
  }

  private static CollectionDraft draft(SdlDocument.Type type) {
    var fields = new ArrayList<CollectionDraft.Field>();
    var indexes = new ArrayList<IndexRequest>();
    var embeddings = new ArrayList<VectorEmbedding>();
    for (SdlDocument.Field field : type.fields()) {
      fields.add(FieldReader.read(type.name(), field));
      for (SdlDocument.Directive directive : field.directives()) {
        if (directive.name().equals("index")) {
          indexes.add(IndexReader.read(directive, field.name()));
        } else if (directive.name().equals("embedding")) {
          embeddings.add(embedding(field.name(), directive));
        }
      }
    }
    Policy policy = null;
    for (SdlDocument.Directive directive : type.directives()) {
      if (directive.name().equals("index")) {
        indexes.add(IndexReader.read(directive, null));
      } else if (directive.name().equals("policy")) {
        policy = policy(directive);
      }
    }
    return new CollectionDraft(
        type.name(),
        fields,
        indexes,
        policy,
        isOn(type, "materialized", true),
        isOn(type, "branchable", false),
        type.isInterface(),
        embeddings,
        null);
  }

  private static Policy policy(SdlDocument.Directive directive) {
    for (String argument : List.of("id", "resource")) {
      Literal value = directive.argument(argument);
      if (value != null && value.kind() != Literal.Kind.STRING) {
        throw new DefraException(
            ErrorCode.INVALID_SCHEMA, "policy directive with invalid " + argument + " property");
      }
    }
    return new Policy(text(directive, "id"), text(directive, "resource"));
  }

  /** Whether a switch is on; of several, one that is on counts. */
  private static boolean isOn(SdlDocument.Type type, String name, boolean isOnByDefault) {
    Boolean said = null;
    for (SdlDocument.Directive directive : type.directives()) {
      if (directive.name().equals(name) && !Boolean.TRUE.equals(said)) {
        Literal value = directive.argument("if");
        said = value == null || value.isTrue();
      }
    }
    return said == null ? isOnByDefault : said;
  }

  private static VectorEmbedding embedding(String fieldName, SdlDocument.Directive directive) {
    Literal fields = directive.argument("fields");
    return new VectorEmbedding(
        fieldName,
        fields == null ? List.of() : texts(fields),
        text(directive, "provider"),
        text(directive, "model"),
        text(directive, "url"),
        text(directive, "template"));
  }

  /** A list, or one text as a list of it. */
  private static List<String> texts(Literal value) {
    return value.kind() == Literal.Kind.LIST
        ? value.items().stream().map(Literal::text).toList()
        : List.of(value.text());
  }

  static String text(SdlDocument.Directive directive, String argument) {
    @Nullable Literal value = directive.argument(argument);
    return value == null || value.kind() != Literal.Kind.STRING ? "" : value.text();
  }
}
