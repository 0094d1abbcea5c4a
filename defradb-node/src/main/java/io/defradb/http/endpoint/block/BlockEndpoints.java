package io.defradb.http.endpoint.block;

import io.defradb.http.Endpoint;
import java.util.List;

/** The operations below {@code /block}. */
public final class BlockEndpoints {
  private BlockEndpoints() {}

  public static List<Endpoint> all() {
    return List.of(new VerifySignatureEndpoint());
  }
}
