package io.defradb.benchmarks.node;

/** GraphQL requests as JSON bodies. */
final class GraphqlText {
  private GraphqlText() {}

  /** The query inside the JSON object that GraphQL over HTTP asks for. */
  static String body(String query) {
    StringBuilder body = new StringBuilder(query.length() + 32).append("{\"query\":\"");
    for (int i = 0; i < query.length(); i++) {
      char letter = query.charAt(i);
      if (letter == '"' || letter == '\\') {
        body.append('\\');
      }
      body.append(letter);
    }
    return body.append("\"}").toString();
  }

  /** The text that follows {@code "name":"} for the n-th time, up to the next quote. */
  static String member(String json, String name) {
    String before = "\"" + name + "\":\"";
    int from = json.indexOf(before);
    if (from < 0) {
      throw new IllegalStateException("no " + name + " in " + json);
    }
    from += before.length();
    return json.substring(from, json.indexOf('"', from));
  }

  /** How often {@code "name":} stands in the text. */
  static int count(String json, String name) {
    String before = "\"" + name + "\":";
    int count = 0;
    for (int at = json.indexOf(before); at >= 0; at = json.indexOf(before, at + 1)) {
      count++;
    }
    return count;
  }
}
