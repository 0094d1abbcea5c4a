package io.defradb.http;

import io.defradb.acp.Asker;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request from routing to its answer. {@link #start} returns at once; the answer is given on a
 * worker, or on the calling thread when the node is full.
 */
final class RequestRun {
  /** Takes the answer, exactly once, on any thread. */
  interface Receiver {
    void answer(Answer answer);

    /** A stream of {@code served}. {@code afterwards}: to be run when it has ended. */
    void stream(Answer.Streamed stream, Served served, Runnable afterwards);
  }

  private static final String API = "/api/v0";

  private final ServerContext server;
  private final ReceivedRequest request;
  private final Receiver receiver;
  private final Served served;

  RequestRun(ServerContext server, ReceivedRequest request, Receiver receiver) {
    this.server = server;
    this.request = request;
    this.receiver = receiver;
    this.served = server.served().get();
  }

  void start() {
    served.enter();
    Router.Match match = served.router().find(request.method(), request.path());
    TransactionSession session = session(match);
    if (session == null) {
      submit(match, null);
    } else if (!session.enter(() -> submit(match, session))) {
      refuse();
    }
  }

  private void refuse() {
    server.stats().refused.increment();
    served.leave();
    receiver.answer(ErrorAnswers.busy());
  }

  /** Logged here, on the worker: a log that nobody reads must not hold up an event loop. */
  private void answer(Answer answer) {
    server
        .log()
        .answered(
            request.method(),
            request.path(),
            answer.status(),
            answer.bytesOnWire(),
            request.startNanos());
    receiver.answer(answer);
  }

  private @Nullable TransactionSession session(Router.Match match) {
    if (match.operation() == null) {
      return null;
    }
    String id =
        switch (match.operation().transactionSource()) {
          case HEADER -> request.header("x-defradb-tx");
          case PATH -> match.parameters().get("id");
        };
    return served.house().transactions().find(id);
  }

  private void submit(Router.Match match, @Nullable TransactionSession session) {
    if (!Workers.offer(server.workers(), () -> run(match, session))) {
      refuse();
      if (session != null) {
        session.leave();
      }
    }
  }

  private void run(Router.Match match, @Nullable TransactionSession session) {
    Answer answer;
    try {
      answer = answerSafely(match, () -> answer(match, session));
    } catch (RuntimeException | Error lastResort) { // not even the error could be printed
      answer = new Answer.Empty(500);
    }
    if (answer instanceof Answer.Streamed stream) {
      boolean keepsTurn = session != null && stream.isInTransaction();
      if (session != null && !keepsTurn) {
        session.leave();
      }
      receiver.stream(stream, served, () -> leave(keepsTurn ? session : null));
    } else if (answer instanceof Answer.Later later) {
      later.answer().whenComplete((done, failure) -> answerLate(match, session, done, failure));
    } else {
      leave(session);
      answer(answer);
    }
  }

  /** Back on a worker: whoever completes a stage must not be held up by writing or logging. */
  private void answerLate(
      Router.Match match,
      @Nullable TransactionSession session,
      @Nullable Answer done,
      @Nullable Throwable failure) {
    leave(session);
    Runnable answer = () -> answer(done == null ? failed(match, failure) : done);
    if (!Workers.offer(server.workers(), answer)) {
      answer.run();
    }
  }

  private Answer failed(Router.Match match, @Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    return answerSafely(
        match,
        () -> {
          if (cause instanceof DefraException known) {
            throw known;
          }
          throw new IllegalStateException(cause);
        });
  }

  private void leave(@Nullable TransactionSession session) {
    if (session != null) {
      session.leave();
    }
    served.leave();
  }

  private Answer answerSafely(Router.Match match, Supplier<Answer> answer) {
    Operation.ErrorForm form =
        match.operation() == null ? Operation.ErrorForm.PLAIN : match.operation().errorForm();
    try {
      return answer.get();
    } catch (DefraException failure) {
      if (failure.code().category() == ErrorCode.Category.INTERNAL) {
        server.log().failed(requestId(), request.method(), request.path(), failure);
      }
      return ErrorAnswers.of(failure, form);
    } catch (StackOverflowError tooDeep) {
      return ErrorAnswers.of(
          new DefraException(ErrorCode.INVALID_REQUEST, "the request is nested too deeply"), form);
    } catch (RuntimeException | Error unexpected) {
      String requestId = requestId();
      server.log().failed(requestId, request.method(), request.path(), unexpected);
      return ErrorAnswers.unexpected(requestId);
    }
  }

  private Answer answer(Router.Match match, @Nullable TransactionSession session) {
    Asker asker = Asker.ANONYMOUS;
    if (isApi()) {
      try {
        asker =
            served
                .house()
                .authenticator()
                .authenticate(request.header("Authorization"), request.host());
      } catch (DefraException refused) {
        return Answer.text(403, "forbidden\n");
      }
    }
    Endpoint endpoint = match.endpoint();
    if (endpoint == null) {
      return match.allowed().isEmpty() ? Answer.unknownPath() : new Answer.Empty(405);
    }
    Map<String, String> parameters = match.parameters();
    return endpoint.answer(
        new HttpCall(
            request.asCallRequest(), parameters, asker, served.house().transactions(), session));
  }

  /** Who asks is asked below the API only, and before what is asked for. */
  private boolean isApi() {
    String path = request.path();
    return path.equals(API) || path.startsWith(API + "/");
  }

  private String requestId() {
    return Long.toHexString(server.requestIds().incrementAndGet());
  }
}
