package io.defradb.schema.rule;

import io.defradb.document.FieldKind;
import io.defradb.schema.CollectionVersion.VectorEmbedding;
import io.defradb.schema.SchemaFieldKind;
import java.util.Set;

/** Rules on vector embeddings: into what field, from what fields, made by whom. */
final class EmbeddingRules {
  private static final Set<FieldKind> SOURCE_KINDS =
      Set.of(FieldKind.INT, FieldKind.FLOAT64, FieldKind.FLOAT32, FieldKind.STRING);
  private static final Set<String> PROVIDERS = Set.of("ollama", "openai");

  private EmbeddingRules() {}

  static void fieldHoldsVectors(Definitions after, Definitions before, Faults faults) {
    for (Definition definition : after.byName()) {
      for (VectorEmbedding embedding : definition.version().vectorEmbeddings()) {
        if (embedding.fieldName().isEmpty()) {
          faults.add("embedding FieldName cannot be empty");
          continue;
        }
        SchemaFieldKind kind = definition.kind(embedding.fieldName());
        if (kind == null || !definition.hasField(embedding.fieldName())) {
          faults.add("the given field does not exist", "Vector field", embedding.fieldName());
        } else if (!kind.equals(new SchemaFieldKind.Scalar(FieldKind.FLOAT32_ARRAY))) {
          faults.add("invalid type for vector embedding", "Actual", kind.text());
        }
      }
    }
  }

  static void sourcesAreText(Definitions after, Definitions before, Faults faults) {
    for (Definition definition : after.byName()) {
      for (VectorEmbedding embedding : definition.version().vectorEmbeddings()) {
        if (embedding.fields().isEmpty()) {
          faults.add("embedding Fields cannot be empty");
        }
        for (String source : embedding.fields()) {
          checkSource(definition, source, faults);
        }
      }
    }
  }

  private static void checkSource(Definition definition, String source, Faults faults) {
    for (VectorEmbedding embedding : definition.version().vectorEmbeddings()) {
      if (embedding.fieldName().equals(source)) {
        faults.add(
            "embedding fields cannot refer to self or another embedding field", "Field", source);
      }
    }
    if (!definition.hasField(source)) {
      faults.add("the given field does not exist", "Embedding generation field", source);
      return;
    }
    SchemaFieldKind kind = definition.kind(source);
    if (kind == null) {
      return;
    }
    boolean isSource =
        kind instanceof SchemaFieldKind.Scalar scalar && SOURCE_KINDS.contains(scalar.kind());
    if (!isSource) {
      faults.add("invalid field type for vector embedding generation", "Actual", kind.text());
    }
  }

  static void providerIsKnown(Definitions after, Definitions before, Faults faults) {
    for (Definition definition : after.byName()) {
      for (VectorEmbedding embedding : definition.version().vectorEmbeddings()) {
        if (embedding.provider().isEmpty()) {
          faults.add("embedding Provider cannot be empty");
        }
        if (!PROVIDERS.contains(embedding.provider())) {
          faults.add("unknown embedding provider", "Provider", embedding.provider());
        }
        if (embedding.model().isEmpty()) {
          faults.add("embedding Model cannot be empty");
        }
      }
    }
  }
}
