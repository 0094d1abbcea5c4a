package io.defradb.http.endpoint.documents;

import io.defradb.http.Endpoint;
import java.util.List;

/** The operations on documents below {@code /collections/{name}}. */
public final class DocumentEndpoints {
  private DocumentEndpoints() {}

  public static List<Endpoint> all(DocumentFinder finder) {
    return List.of(
        new ListDocIds(),
        new CreateDocuments(),
        new UpdateMatching(finder),
        new DeleteMatching(finder),
        new GetDocument(),
        new UpdateDocument(),
        new DeleteDocument());
  }
}
