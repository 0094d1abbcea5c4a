package io.defradb.cli.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What is wrong with a JSON text that a user typed. */
final class JsonFaults {
  private static final String ENDED = "unexpected end of JSON input";

  private JsonFaults() {}

  /** {@code null}: it is one JSON value. */
  static @Nullable String find(String text) {
    if (text.isBlank()) {
      return ENDED;
    }
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      parser.nextToken();
      parser.skipChildren();
      if (parser.nextToken() != null) {
        return at(
            text, (int) parser.currentTokenLocation().getCharOffset(), "after top-level value");
      }
      return null;
    } catch (JsonEOFException e) {
      return ENDED;
    } catch (StreamReadException e) {
      long offset = e.getLocation() == null ? 0 : e.getLocation().getCharOffset() - 1;
      return at(text, firstWord(text, (int) offset), "looking for beginning of value");
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  /** A broken word is reported by its end; users expect its beginning. */
  private static int firstWord(String text, int offset) {
    int at = Math.min(Math.max(offset, 0), text.length() - 1);
    while (at > 0 && Character.isLetterOrDigit(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  private static String at(String text, int offset, String where) {
    char wrong = text.charAt(Math.min(Math.max(offset, 0), text.length() - 1));
    return "invalid character '" + wrong + "' " + where;
  }
}
