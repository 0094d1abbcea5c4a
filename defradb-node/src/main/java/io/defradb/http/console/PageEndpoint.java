package io.defradb.http.console;

import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Operation;

/** The page, for browsers; whoever does not ask for HTML finds nothing at the root, as before. */
record PageEndpoint() implements Endpoint {
  @Override
  public Operation operation() {
    return Operation.root("/", "console", "The console in the browser");
  }

  @Override
  public Answer answer(HttpCall call) {
    String accepted = call.header("Accept");
    return accepted != null && accepted.contains("text/html")
        ? ConsoleFile.answer("index.html")
        : Answer.unknownPath();
  }
}
