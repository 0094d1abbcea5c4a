package io.defradb.http.endpoint.documents;

import io.defradb.http.Endpoint;
import java.util.List;

/** The operations on documents below {@code /collections/{name}}. */
public final class DocumentEndpoints {
  private DocumentEndpoints() {}

  public static List<Endpoint> all(DocumentFinder finder) {
    return List.of(
        new ListDocIdsEndpoint(),
        new CreateDocumentsEndpoint(),
        new UpdateMatchingEndpoint(finder),
        new DeleteMatchingEndpoint(finder),
        new GetDocumentEndpoint(),
        new UpdateDocumentEndpoint(),
        new DeleteDocumentEndpoint());
  }
}
