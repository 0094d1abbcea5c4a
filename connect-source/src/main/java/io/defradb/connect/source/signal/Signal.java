package io.defradb.connect.source.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator asks for: {@code {"id":…,"type":…,"data":{…}}}.
 *
 * @param collections what it is about; empty: all
 * @param message of a signal to log
 */
public record Signal(String id, Type type, List<String> collections, String message) {
  private static final Logger LOG = LoggerFactory.getLogger(Signal.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The signals there are, by their words. */
  public enum Type {
    EXECUTE_SNAPSHOT("execute-snapshot"),
    STOP_SNAPSHOT("stop-snapshot"),
    PAUSE_SNAPSHOT("pause-snapshot"),
    RESUME_SNAPSHOT("resume-snapshot"),
    LOG("log");

    private final String word;

    Type(String word) {
      this.word = word;
    }
  }

  public Signal {
    collections = List.copyOf(collections);
  }

  /** Empty for what is no signal of these, which is logged: a mistake must not stop the source. */
  static Optional<Signal> parse(String text) {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (IOException e) {
      LOG.warn("A signal is no JSON and is passed over: {}", text);
      return Optional.empty();
    }
    JsonNode data = json.path("data");
    for (Type type : Type.values()) {
      if (type.word.equals(json.path("type").asText())) {
        if (isOfSomeDocuments(data)) {
          LOG.warn("A signal is passed over, no condition chooses documents here: {}", text);
          return Optional.empty();
        }
        if (data.path("type").asText().equalsIgnoreCase("blocking")) {
          LOG.info("No snapshot that is asked for blocks the stream here: {}", text);
        }
        List<String> collections = new ArrayList<>();
        data.path("data-collections").forEach(name -> collections.add(name.asText()));
        return Optional.of(
            new Signal(json.path("id").asText(), type, collections, data.path("message").asText()));
      }
    }
    LOG.warn("A signal of no known type is passed over: {}", text);
    return Optional.empty();
  }

  /** Whoever asks for a few documents is not to get a million. */
  private static boolean isOfSomeDocuments(JsonNode data) {
    return !data.path("additional-conditions").isEmpty()
        || !data.path("additional-condition").asText().isBlank();
  }
}
