package io.defradb.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Documents as of the moment {@link #seq}, one after the other. Reads no further ahead than a
 * buffer. For one thread; closing it ends the request.
 */
public final class SnapshotStream<I> implements AutoCloseable {
  private final InputStream body;
  private final JsonParser lines;
  private final ChangeParser<I> parser;
  private final String feedId;
  private final long seq;
  private boolean isEnded;

  private SnapshotStream(InputStream body, JsonParser lines, ImageReader<I> images)
      throws IOException {
    this.body = body;
    this.lines = lines;
    this.parser = new ChangeParser<>(images);
    if (lines.nextToken() != JsonToken.START_OBJECT) {
      throw cutOff(null);
    }
    String feed = "";
    long number = 0;
    for (String name = lines.nextFieldName(); name != null; name = lines.nextFieldName()) {
      lines.nextToken();
      switch (name) {
        case "feedId" -> feed = lines.getText();
        case "seq" -> number = lines.getLongValue();
        default -> lines.skipChildren();
      }
    }
    this.feedId = feed;
    this.seq = number;
  }

  static <I> SnapshotStream<I> open(ObjectMapper json, InputStream body, ImageReader<I> images) {
    try {
      return new SnapshotStream<>(body, json.getFactory().createParser(body), images);
    } catch (IOException e) {
      throw cutOff(e);
    }
  }

  public String feedId() {
    return feedId;
  }

  /** The feed's position that these documents are of. */
  public long seq() {
    return seq;
  }

  /**
   * The next document; {@code null} at the end, now and at every later call.
   *
   * @throws DefraException UNAVAILABLE when the stream was cut off: read on after the last document
   */
  public @Nullable Change<I> next() {
    if (isEnded) {
      return null;
    }
    try {
      if (lines.nextToken() != JsonToken.START_OBJECT) {
        throw cutOff(null);
      }
      Change<I> line = parser.entry(lines);
      isEnded = line.docId().isEmpty(); // only the last line has none
      return isEnded ? null : line;
    } catch (IOException e) {
      throw cutOff(e);
    }
  }

  private static DefraException cutOff(@Nullable IOException e) {
    return new DefraException(ErrorCode.UNAVAILABLE, "the snapshot was cut off", e);
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      throw cutOff(e);
    }
  }
}
