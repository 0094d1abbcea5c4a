package io.defradb.http;

/** One operation of the API: one method on one path. Safe for use by many threads. */
public interface Endpoint {
  /** What it is called and takes; asked once, when the server is put together. */
  Operation operation();

  /**
   * Answers one request. Runs on a worker, so it may block on storage, but on nothing slower.
   *
   * @throws io.defradb.error.DefraException answered in the operation's {@link Operation.ErrorForm}
   */
  Answer answer(HttpCall call);
}
