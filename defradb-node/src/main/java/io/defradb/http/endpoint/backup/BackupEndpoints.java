package io.defradb.http.endpoint.backup;

import io.defradb.http.Endpoint;
import java.util.List;

/** The operations below {@code /backup}. */
public final class BackupEndpoints {
  private BackupEndpoints() {}

  public static List<Endpoint> all() {
    return List.of(new ExportEndpoint(), new ImportEndpoint());
  }
}
