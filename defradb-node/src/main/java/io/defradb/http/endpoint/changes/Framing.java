package io.defradb.http.endpoint.changes;

import io.defradb.http.StreamBuffer;

/** How one JSON value stands in a stream. */
enum Framing {
  /** One a line. */
  LINES {
    @Override
    void begin(StreamBuffer out, String feedId, long seq) {}

    @Override
    void end(StreamBuffer out) {
      out.write("\n");
    }
  },
  /** Server-sent events, whose id is the place to resume from. */
  EVENTS {
    @Override
    void begin(StreamBuffer out, String feedId, long seq) {
      out.write("id: ").write(feedId).write(":").write(Long.toString(seq)).write("\ndata: ");
    }

    @Override
    void end(StreamBuffer out) {
      out.write("\n\n");
    }
  };

  abstract void begin(StreamBuffer out, String feedId, long seq);

  abstract void end(StreamBuffer out);
}
