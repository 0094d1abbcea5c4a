package io.defradb.http;

import io.defradb.document.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;

/** What an endpoint answers. */
public sealed interface Answer {

  int status();

  /** Bytes of the body as sent; 0 for a stream, which nobody knows the length of. */
  default long bytesOnWire() {
    return 0;
  }

  /** No body: {@code Content-Length: 0}. */
  record Empty(int status) implements Answer {}

  /**
   * A body that is there as a whole: the first {@code length} bytes of {@code bytes}, which belong
   * to the answer from now on. JSON gets its final newline from the server.
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Whole(int status, String contentType, byte[] bytes, int length) implements Answer {
    boolean isJson() {
      return contentType.equals(Operation.JSON);
    }

    @Override
    public long bytesOnWire() {
      return isJson() ? length + 1L : length;
    }
  }

  /**
   * A body that is pulled from {@code source} as the client takes it, always status 200. The server
   * closes the source in every case.
   *
   * @param isInTransaction the source works on the request's transaction, which is kept from other
   *     requests until the end of the stream
   */
  record Streamed(String contentType, StreamSource source, boolean isInTransaction)
      implements Answer {
    @Override
    public int status() {
      return 200;
    }
  }

  /**
   * An answer that is not there yet. The worker goes on with other requests meanwhile; a failure of
   * the stage is answered as if it had been thrown. Not within an explicit transaction.
   */
  record Later(CompletionStage<Answer> answer) implements Answer {
    @Override
    public int status() {
      throw new IllegalStateException("not answered yet");
    }
  }

  /** Success without a body. */
  static Answer empty() {
    return new Empty(200);
  }

  /** {@code json} must not be used any more. */
  static Answer json(JsonWriter json) {
    return json(200, json);
  }

  static Answer json(int status, JsonWriter json) {
    return new Whole(status, Operation.JSON, json.unsafeArray(), json.length());
  }

  /** A failure in the plain form, with a status that differs from the usual one. */
  static Answer error(int status, String message) {
    return ErrorAnswers.plain(status, message);
  }

  /** {@code text/plain}, as it stands. */
  static Answer text(int status, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Whole(status, "text/plain; charset=utf-8", bytes, bytes.length);
  }

  /** Server-sent events. */
  static Answer events(StreamSource source, boolean isInTransaction) {
    return new Streamed(Operation.EVENT_STREAM, source, isInTransaction);
  }

  /** Any other stream, outside the request's transaction. */
  static Answer stream(String contentType, StreamSource source) {
    return new Streamed(contentType, source, false);
  }

  /** What a path without an endpoint gets. */
  static Answer unknownPath() {
    return text(404, "404 page not found\n");
  }

  /** What an unknown collection in a path gets: 404 without a body. */
  static Answer notFound() {
    return new Empty(404);
  }
}
