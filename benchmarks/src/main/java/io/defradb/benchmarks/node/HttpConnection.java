package io.defradb.benchmarks.node;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept-alive connection that asks and waits for the whole answer: bare HTTP/1.1 (RFC 9112)
 * without a client library, so that the load costs little of the machine that is measured. For one
 * thread.
 */
final class HttpConnection implements AutoCloseable {
  private static final int ANSWER_MILLIS_MAX = 90_000;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int TRIES_MAX = 20;
  private static final String CONFLICT = "\"message\":\"transaction conflict";

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String host;
  private boolean isChunked;
  private long length;

  HttpConnection(int port) throws IOException {
    host = "127.0.0.1:" + port;
    socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(ANSWER_MILLIS_MAX);
    socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
    in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    out = socket.getOutputStream();
  }

  /**
   * The data of a GraphQL answer, as it came. A transaction that met another is asked for again, as
   * a client would; any other error is a failure.
   */
  String graphql(String query) throws IOException {
    String body = GraphqlText.body(query);
    String answer = request("POST", "/graphql", body);
    for (int i = 0; i < TRIES_MAX && answer.contains(CONFLICT); i++) {
      answer = request("POST", "/graphql", body);
    }
    if (answer.startsWith("{\"errors\"") || answer.lastIndexOf("\"errors\":[") >= 0) {
      throw new IOException(shortened(query) + " -> " + shortened(answer));
    }
    return answer;
  }

  /** The body of the answer; a status other than 200 is a failure. */
  String request(String method, String path, String body) throws IOException {
    int status = ask(method, path, body, "application/json");
    byte[] answer = isChunked ? chunks() : in.readNBytes((int) length);
    String text = new String(answer, StandardCharsets.UTF_8);
    if (status != 200) {
      throw new IOException(method + " " + path + " -> " + status + " " + shortened(text));
    }
    return text;
  }

  /** Begins a stream of server-sent events; {@link #event} waits for each. */
  void subscribe(String query) throws IOException {
    int status = ask("POST", "/graphql", GraphqlText.body(query), "text/event-stream");
    if (status != 200 || !isChunked) {
      throw new IOException("no event stream: " + status);
    }
  }

  /** The next line of data of the stream. */
  String event() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int octet = streamOctet();
      if (octet != '\n') {
        line.append((char) octet);
      } else if (line.indexOf("data:") == 0) {
        return line.toString();
      } else {
        line.setLength(0);
      }
    }
  }

  /** How long {@link #event} waits before it fails. */
  void waitAtMost(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  private int streamOctet() throws IOException {
    while (length == 0) {
      length = chunkLength();
      if (length == 0) {
        throw new EOFException("the stream ended");
      }
    }
    int octet = octet();
    if (--length == 0) {
      line();
    }
    return octet;
  }

  private int ask(String method, String path, String body, String accept) throws IOException {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String head =
        method
            + " /api/v0"
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nAccept: "
            + accept
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + content.length
            + "\r\n\r\n";
    byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
    byte[] message = new byte[headBytes.length + content.length];
    System.arraycopy(headBytes, 0, message, 0, headBytes.length);
    System.arraycopy(content, 0, message, headBytes.length, content.length);
    out.write(message);
    return status();
  }

  private int status() throws IOException {
    String first = line();
    isChunked = false;
    length = 0;
    for (String field = line(); !field.isEmpty(); field = line()) {
      String lower = field.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(15).trim());
      } else if (lower.startsWith("transfer-encoding:")) {
        isChunked = lower.contains("chunked");
      }
    }
    return Integer.parseInt(first.substring(9, 12));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (long next = chunkLength(); next > 0; next = chunkLength()) {
      all.write(in.readNBytes((int) next));
      line();
    }
    line();
    return all.toByteArray();
  }

  private long chunkLength() throws IOException {
    String text = line();
    int end = text.indexOf(';');
    return Long.parseLong(end < 0 ? text : text.substring(0, end), 16);
  }

  private String line() throws IOException {
    StringBuilder text = new StringBuilder(64);
    for (int octet = octet(); octet != '\n'; octet = octet()) {
      if (octet != '\r') {
        text.append((char) octet);
      }
    }
    return text.toString();
  }

  private int octet() throws IOException {
    int octet = in.read();
    if (octet < 0) {
      throw new EOFException("the node closed the connection");
    }
    return octet;
  }

  private static String shortened(String text) {
    return text.length() <= 300 ? text : text.substring(0, 300) + "...";
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
