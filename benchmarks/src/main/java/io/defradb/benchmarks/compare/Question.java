package io.defradb.benchmarks.compare;

/**
 * One HTTP request.
 *
 * @param path below {@code /api/v0}
 * @param isWrite the nodes' data may change, so it is asked once only
 */
record Question(String method, String path, String body, boolean isWrite) {

  static Question read(String graphql) {
    return new Question("POST", "/graphql", Json.query(graphql), false);
  }

  static Question write(String graphql) {
    return new Question("POST", "/graphql", Json.query(graphql), true);
  }

  @Override
  public String toString() {
    return method + " " + path + " " + body;
  }
}
