package io.defradb.http.console;

import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Operation;

/** What the page loads. */
record FileEndpoint() implements Endpoint {
  @Override
  public Operation operation() {
    return Operation.root("/console/{file}", "console_file", "A file of the console");
  }

  @Override
  public Answer answer(HttpCall call) {
    return ConsoleFile.answer(call.pathParameter("file"));
  }
}
