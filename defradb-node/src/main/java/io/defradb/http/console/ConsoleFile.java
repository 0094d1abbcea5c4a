package io.defradb.http.console;

import io.defradb.http.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The console's files by name: nothing but these can be asked for. */
final class ConsoleFile {
  private static final String WEB_JARS = "/META-INF/resources/webjars/";
  private static final Map<String, String> RESOURCES =
      Map.ofEntries(
          own("index.html"),
          own("console.css"),
          own("api.js"),
          own("collections.js"),
          own("documents.js"),
          own("dom.js"),
          own("feed.js"),
          own("history.js"),
          own("main.js"),
          own("peers.js"),
          own("query.js"),
          Map.entry("graphiql.css", WEB_JARS + "graphiql/2.4.7/graphiql.min.css"),
          Map.entry("graphiql.js", WEB_JARS + "graphiql/2.4.7/graphiql.min.js"),
          Map.entry("react.js", WEB_JARS + "react/18.3.1/umd/react.production.min.js"),
          Map.entry("react-dom.js", WEB_JARS + "react-dom/18.3.1/umd/react-dom.production.min.js"));

  private ConsoleFile() {}

  /** 404 for a name that is none of them. Read anew each time: few ask, and memory stays free. */
  static Answer answer(String name) {
    String resource = RESOURCES.get(name);
    if (resource == null) {
      return Answer.unknownPath();
    }
    try (InputStream stream = ConsoleFile.class.getResourceAsStream(resource)) {
      if (stream == null) {
        return Answer.unknownPath();
      }
      byte[] bytes = stream.readAllBytes();
      return new Answer.Whole(200, contentType(name), bytes, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map.Entry<String, String> own(String name) {
    return Map.entry(name, "/io/defradb/http/console/" + name);
  }

  private static String contentType(String name) {
    String kind = name.substring(name.lastIndexOf('.') + 1);
    return switch (kind) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      default -> "text/javascript; charset=utf-8";
    };
  }
}
