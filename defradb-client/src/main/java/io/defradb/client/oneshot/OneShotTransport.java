package io.defradb.client.oneshot;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A socket a request, HTTP/1.1 with {@code Connection: close} (RFC 9112). A command of the command
 * line is over before the JDK's client would have loaded its classes. Not interruptible.
 */
final class OneShotTransport {
  private static final int HEAD_LINE_MAX = 8192;
  private static final int HEAD_LINES_MAX = 100;

  private final int connectMillisMax;
  private final int silenceMillisMax;

  OneShotTransport(Duration connectMax, Duration silenceMax) {
    this.connectMillisMax = (int) connectMax.toMillis();
    this.silenceMillisMax = (int) silenceMax.toMillis();
  }

  OneShotClient.Opened send(HttpRequestText request) throws IOException {
    Socket socket = connect(request.uri());
    try {
      socket.setSoTimeout(silenceMillisMax);
      write(request, socket.getOutputStream());
      return readHead(new BufferedInputStream(socket.getInputStream()), socket);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private Socket connect(URI uri) throws IOException {
    String host = uri.getHost().replaceAll("^\\[|\\]$", "");
    int port = Urls.port(uri);
    Socket socket = new Socket();
    String name = host.equals("localhost") ? "127.0.0.1" : host;
    try {
      socket.connect(new InetSocketAddress(name, port), connectMillisMax);
      return uri.getScheme().equals("https") ? secured(socket, host, port) : socket;
    } catch (UnknownHostException e) {
      socket.close();
      throw new IOException("dial tcp: lookup " + host + ": no such host", e);
    } catch (ConnectException e) {
      socket.close();
      throw new IOException(
          "dial tcp "
              + name
              + ":"
              + port
              + ": connect: "
              + String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT),
          e);
    } catch (SocketTimeoutException e) {
      socket.close();
      throw new IOException("dial tcp " + name + ":" + port + ": i/o timeout", e);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static Socket secured(Socket plain, String host, int port) throws IOException {
    var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    var socket = (SSLSocket) factory.createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static void write(HttpRequestText request, OutputStream socket) throws IOException {
    URI uri = request.uri();
    var head = new StringBuilder(256);
    String query = uri.getRawQuery();
    head.append(request.method()).append(' ').append(uri.getRawPath());
    if (query != null) {
      head.append('?').append(query);
    }
    head.append(" HTTP/1.1\r\nHost: ").append(uri.getRawAuthority());
    head.append("\r\nConnection: close\r\n");
    request.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    byte[] body = request.body();
    if (body != null) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    } else if (!request.method().equals("GET")) {
      head.append("Content-Length: 0\r\n");
    }
    var out = new BufferedOutputStream(socket);
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    if (body != null) {
      out.write(body);
    }
    out.flush();
  }

  private static OneShotClient.Opened readHead(InputStream in, Socket socket) throws IOException {
    String[] status = line(in).split(" ", 3);
    if (status.length < 2 || !status[0].startsWith("HTTP/1.") || !status[1].matches("\\d{3}")) {
      throw new IOException("malformed HTTP response");
    }
    long length = -1;
    boolean isChunked = false;
    for (int lines = 0; ; lines++) {
      String line = line(in);
      if (line.isEmpty()) {
        break;
      }
      if (lines == HEAD_LINES_MAX) {
        throw new IOException("malformed HTTP response: too many headers");
      }
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      if (name.equals("content-length") && value.matches("\\d{1,18}")) {
        length = Long.parseLong(value);
      } else if (name.equals("transfer-encoding")) {
        isChunked = value.equalsIgnoreCase("chunked");
      }
    }
    InputStream body =
        isChunked ? BodyFraming.chunked(in, socket) : BodyFraming.sized(in, length, socket);
    return new OneShotClient.Opened(Integer.parseInt(status[1]), body);
  }

  /** A line of the head, without its end. */
  static String line(InputStream in) throws IOException {
    var line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("EOF");
      }
      if (line.length() == HEAD_LINE_MAX) {
        throw new IOException("malformed HTTP response: header line too long");
      }
      line.append((char) c);
    }
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }
}
