package io.defradb.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.Map;

/**
 * The node answered with an error. {@link #answer} holds the members beside text and code, such as
 * a feed's bounds.
 */
public final class NodeRefusal extends DefraException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient JsonNode answer;

  NodeRefusal(ErrorCode code, String text, int status, JsonNode answer) {
    super(code, text, Map.of(), null);
    this.status = status;
    this.answer = answer;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The whole error object; an empty object when the answer was none. */
  public JsonNode answer() {
    return answer == null ? JsonNodeFactory.instance.objectNode() : answer;
  }
}
