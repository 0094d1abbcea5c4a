package io.defradb.http.console;

import io.defradb.http.Endpoint;
import java.util.List;

/** The console's page and files. */
public final class ConsoleEndpoints {
  private ConsoleEndpoints() {}

  public static List<Endpoint> all() {
    return List.of(new PageEndpoint(), new FileEndpoint());
  }
}
