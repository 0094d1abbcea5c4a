package io.defradb.http;

import io.defradb.document.JsonWriter;
import java.nio.charset.StandardCharsets;

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

  /** What an unknown collection in a path gets: 404 without a body. */
  static Answer notFound() {
    return new Empty(404);
  }
}
