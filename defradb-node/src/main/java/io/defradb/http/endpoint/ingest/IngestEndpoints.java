package io.defradb.http.endpoint.ingest;

import io.defradb.db.ingest.Ingest;
import io.defradb.http.Endpoint;
import java.util.List;

/** The endpoints of this room. */
public final class IngestEndpoints {
  private IngestEndpoints() {}

  public static List<Endpoint> all(Ingest ingest) {
    return List.of(
        new ApplyBatchEndpoint(ingest),
        new ListPositionsEndpoint(ingest),
        new ForgetPositionEndpoint(ingest));
  }
}
