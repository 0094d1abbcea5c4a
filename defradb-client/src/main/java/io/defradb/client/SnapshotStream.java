package io.defradb.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
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
public final class SnapshotStream implements AutoCloseable {
  private final InputStream body;
  private final MappingIterator<JsonNode> lines;
  private final String feedId;
  private final long seq;
  private boolean isEnded;

  private SnapshotStream(InputStream body, MappingIterator<JsonNode> lines, JsonNode head) {
    this.body = body;
    this.lines = lines;
    this.feedId = head.path("feedId").asText();
    this.seq = head.path("seq").asLong();
  }

  static SnapshotStream open(ObjectMapper json, InputStream body) {
    try {
      JsonParser parser = json.getFactory().createParser(body);
      MappingIterator<JsonNode> lines = json.readerFor(JsonNode.class).readValues(parser);
      if (!lines.hasNextValue()) {
        throw cutOff(null);
      }
      return new SnapshotStream(body, lines, lines.nextValue());
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
   * The next document's line; {@code null} at the end, now and at every later call.
   *
   * @throws DefraException UNAVAILABLE when the stream was cut off: read on after the last document
   */
  public @Nullable JsonNode next() {
    if (isEnded) {
      return null;
    }
    try {
      if (!lines.hasNextValue()) {
        throw cutOff(null);
      }
      JsonNode line = lines.nextValue();
      isEnded = line.path("end").asBoolean(false);
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
