package io.defradb.graphql;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.graphql.syntax.Document;
import java.util.List;

/** Picks the operation that is asked for. */
final class OperationChoice {
  private OperationChoice() {}

  /** {@code name} empty: the only one. Throws INVALID_REQUEST with the reference's text. */
  static Document.Operation choose(Document document, String name) {
    List<Document.Operation> operations = document.operations();
    if (!name.isEmpty()) {
      for (Document.Operation operation : operations) {
        if (name.equals(operation.name())) {
          return operation;
        }
      }
      throw refused("Unknown operation named \"" + name + "\".");
    }
    if (operations.isEmpty()) {
      throw refused("Must provide an operation.");
    }
    if (operations.size() > 1) {
      throw refused("Must provide operation name if query contains multiple operations.");
    }
    return operations.get(0);
  }

  private static DefraException refused(String text) {
    return new DefraException(ErrorCode.INVALID_REQUEST, text);
  }
}
