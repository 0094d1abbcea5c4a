package io.defradb.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client that sends what it is told, byte for byte, and reads answers as they come. */
final class RawClient implements AutoCloseable {
  record Response(int status, Map<String, List<String>> headers, String body) {
    String header(String name) {
      List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
      return values == null ? "" : values.get(0);
    }

    boolean has(String name) {
      return headers.containsKey(name.toLowerCase(Locale.ROOT));
    }
  }

  private static final int TIMEOUT_MILLIS = 60_000;

  final Socket socket = new Socket();
  private final InputStream in;

  RawClient(InetSocketAddress address) throws IOException {
    this(address, 0);
  }

  /** {@code receiveBytes}: size of the receive buffer; 0: the system's. */
  RawClient(InetSocketAddress address, int receiveBytes) throws IOException {
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()));
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  RawClient send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return this;
  }

  /** {@code lines}: further header lines, each ended by CRLF. */
  RawClient request(String method, String path, String lines, String body) throws IOException {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return send(
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1:9181\r\n"
            + lines
            + (length > 0 ? "Content-Length: " + length + "\r\n" : "")
            + "\r\n"
            + body);
  }

  Response exchange(String method, String path) throws IOException {
    return request(method, path, "", "").read(!method.equals("HEAD"));
  }

  Response read() throws IOException {
    return read(true);
  }

  Response read(boolean hasBody) throws IOException {
    Response head = readHead();
    if (!hasBody) {
      return head;
    }
    if (head.header("Transfer-Encoding").equals("chunked")) {
      var body = new StringBuilder();
      for (String chunk = readChunk(); !chunk.isEmpty(); chunk = readChunk()) {
        body.append(chunk);
      }
      return new Response(head.status, head.headers, body.toString());
    }
    int length = Integer.parseInt(head.header("Content-Length"));
    return new Response(head.status, head.headers, readText(length));
  }

  Response readHead() throws IOException {
    String start = readLine();
    int status = Integer.parseInt(start.split(" ", 3)[1]);
    var headers = new TreeMap<String, List<String>>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), unused -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return new Response(status, headers, "");
  }

  /** Empty: that was the last. */
  String readChunk() throws IOException {
    int length = Integer.parseInt(readLine(), 16);
    String chunk = readText(length);
    readLine();
    return chunk;
  }

  /** Whether something has come that is not read yet. */
  boolean hasAnswer() throws IOException {
    return in.available() > 0;
  }

  /** -1 at the end of the stream. */
  int readByte() throws IOException {
    return in.read();
  }

  /** Waits for the end: in good order, or by a reset for bytes that came after it. */
  boolean hasEnded() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  String readAll() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  private String readText(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("cut off after " + bytes.length + " of " + length);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String readLine() throws IOException {
    var line = new ByteArrayOutputStream();
    while (true) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException("cut off in a line: " + line);
      }
      if (c == '\n') {
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
      }
      line.write(c);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
