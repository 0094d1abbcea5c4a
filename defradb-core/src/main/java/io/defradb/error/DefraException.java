package io.defradb.error;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The root of every exception of this product: a code, a fixed text, and the context that varies.
 *
 * <p>{@link #getMessage()} reads {@code <text>. Key: value, Key2: value2}, and with a cause of this
 * product {@code <text>: <cause's message>. Key: value}, the form in which users of a DefraDB node
 * know its errors.
 */
public class DefraException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String text;
  private final transient Map<String, Object> context;

  /** {@code context}: in the order in which it is printed. */
  public DefraException(
      ErrorCode code, String text, Map<String, ?> context, @Nullable Throwable cause) {
    super(null, cause);
    this.code = code;
    this.text = text;
    this.context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
  }

  public DefraException(ErrorCode code, String text) {
    this(code, text, Map.of(), null);
  }

  public DefraException(ErrorCode code, String text, @Nullable Throwable cause) {
    this(code, text, Map.of(), cause);
  }

  public DefraException(ErrorCode code, String text, String key, Object value) {
    this(code, text, Map.of(key, value), null);
  }

  public DefraException(
      ErrorCode code, String text, String key, Object value, String key2, Object value2) {
    this(code, text, ordered(key, value, key2, value2), null);
  }

  public ErrorCode code() {
    return code;
  }

  /** The fixed text, without context. */
  public String text() {
    return text;
  }

  public Map<String, Object> context() {
    return context;
  }

  @Override
  public String getMessage() {
    var message = new StringBuilder(text);
    if (getCause() instanceof DefraException cause) {
      message.append(": ").append(cause.getMessage());
    }
    if (!context.isEmpty()) {
      var parts = new ArrayList<String>();
      context.forEach((key, value) -> parts.add(key + ": " + value));
      message.append(". ").append(String.join(", ", parts));
    }
    return message.toString();
  }

  private static Map<String, Object> ordered(String key, Object value, String key2, Object value2) {
    var context = new LinkedHashMap<String, Object>();
    context.put(key, value);
    context.put(key2, value2);
    return context;
  }
}
