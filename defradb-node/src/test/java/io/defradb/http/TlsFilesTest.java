package io.defradb.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Certificates and keys in every form they come in, and renewed ones, over real sockets. */
class TlsFilesTest {
  private static final Duration CHECK = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static TestServer server(Path first, Path second) {
    return server(first, second, PATIENCE);
  }

  private static TestServer server(Path first, Path second, Duration handshakeMax) {
    HttpSettings usual =
        HttpSettings.of("127.0.0.1", 0, List.of(), new HttpSettings.Tls(first, second));
    return new TestServer(
        new HttpSettings(
            usual.host(),
            usual.port(),
            usual.allowedOrigins(),
            usual.tls(),
            usual.bodyBytesMax(),
            usual.workers(),
            usual.waitingMax(),
            usual.connectionsMax(),
            handshakeMax,
            usual.stallMax(),
            usual.idleMax(),
            CHECK),
        TestServer.endpoint(TestServer.get("/hello"), call -> Answer.text(200, "hello")));
  }

  /** Connects as a client that knows the root alone; answers the chain that was shown. */
  private static List<X509Certificate> shake(TestServer server, TestAuthority root)
      throws Exception {
    try (SSLSocket socket = connect(server, root)) {
      socket.startHandshake();
      return Stream.of(socket.getSession().getPeerCertificates())
          .map(X509Certificate.class::cast)
          .toList();
    }
  }

  private static SSLSocket connect(TestServer server, TestAuthority root) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("root", root.certificate());
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    var socket =
        (SSLSocket)
            context.getSocketFactory().createSocket("127.0.0.1", server.address().getPort());
    socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
    return socket;
  }

  @ParameterizedTest
  @CsvSource({"RSA,pkcs8", "RSA,pkcs1", "secp256r1,pkcs8", "secp256r1,sec1", "secp384r1,pkcs8"})
  void givenAKeyOfAnyKindInAnyForm_whenServedWithItsChain_thenWhoKnowsTheRootAloneTrustsIt(
      String kind, String form) throws Exception {
    TestAuthority root = TestAuthority.root();
    TestAuthority intermediate = root.intermediate();
    KeyPair keys = kind.equals("RSA") ? TestAuthority.rsa() : TestAuthority.ec(kind);
    TestAuthority leaf = intermediate.server(keys);
    Path chain =
        file("fullchain.pem", leaf.certificatePem() + "\n" + intermediate.certificatePem());
    String key =
        switch (form) {
          case "pkcs1" -> leaf.pkcs1();
          case "sec1" -> leaf.sec1();
          default -> leaf.pkcs8();
        };
    try (var server = server(chain, file("privkey.pem", key))) {
      assertThat(shake(server, root))
          .containsExactly(leaf.certificate(), intermediate.certificate());
    }
  }

  @Test
  void givenALockedKey_whenStarted_thenOneSentenceSaysSo() throws Exception {
    TestAuthority leaf = TestAuthority.root().server(TestAuthority.rsa());
    Path chain = file("server.crt", leaf.certificatePem());
    byte[] sealed = {1, 2, 3};
    Path pkcs8 = file("pkcs8.key", TestAuthority.pem("ENCRYPTED PRIVATE KEY", sealed));
    Path old =
        file(
            "old.key",
            TestAuthority.pem("RSA PRIVATE KEY", sealed)
                .replace(
                    "KEY-----\nAQID",
                    "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00FF\n\nAQID"));
    for (Path key : List.of(pkcs8, old)) {
      assertThatThrownBy(() -> server(chain, key))
          .hasMessage(
              "cannot use the TLS certificate and key. Certificate: "
                  + chain
                  + ", Key: "
                  + key
                  + ", Reason: the key is locked with a passphrase, write it without one");
    }
  }

  @Test
  void givenFilesThatDoNotBelongTogether_whenStarted_thenItSaysWhatIsWrong() throws Exception {
    TestAuthority root = TestAuthority.root();
    TestAuthority leaf = root.server(TestAuthority.ec("secp256r1"));
    Path chain = file("server.crt", leaf.certificatePem());
    Path other = file("other.key", root.pkcs8());
    Path rsa =
        file(
            "rsa.key",
            TestAuthority.pem("PRIVATE KEY", TestAuthority.rsa().getPrivate().getEncoded()));
    for (Path wrong : List.of(other, rsa)) {
      assertThatThrownBy(() -> server(chain, wrong))
          .hasMessageContaining("the key is not that of the first certificate");
    }
    assertThatThrownBy(() -> server(chain, chain)).hasMessageContaining("there is no private key");
    assertThatThrownBy(() -> server(other, other)).hasMessageContaining("there is no certificate");
    assertThatThrownBy(
            () ->
                server(
                    chain,
                    file(
                        "broken.key",
                        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")))
        .hasMessageContaining("cannot use the TLS certificate and key. ");
  }

  @Test
  void givenRenewedFiles_whenLookedAt_thenNewConnectionsGetThemAndBrokenOnesChangeNothing()
      throws Exception {
    TestAuthority root = TestAuthority.root();
    TestAuthority first = root.server(TestAuthority.ec("secp256r1"));
    TestAuthority second = root.server(TestAuthority.rsa());
    Path chain = file("fullchain.pem", first.certificatePem());
    Path key = file("privkey.pem", first.pkcs8());
    var log = (Logger) LoggerFactory.getLogger("http");
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    log.addAppender(lines);
    log.setLevel(Level.INFO);
    try (var server = server(chain, key);
        SSLSocket early = connect(server, root)) {
      assertThat(shake(server, root)).containsExactly(first.certificate());
      early.startHandshake();

      replace(key, second.pkcs8()); // half a renewal: the key alone
      await().until(() -> told(lines, "the former certificate stays"));
      assertThat(shake(server, root)).containsExactly(first.certificate());

      Files.delete(chain);
      await().until(() -> told(lines, "no such file or directory"));
      assertThat(shake(server, root)).containsExactly(first.certificate());

      replace(chain, second.certificatePem());
      await().until(() -> shake(server, root).equals(List.of(second.certificate())));
      await().until(() -> told(lines, "Renewed the TLS certificate")); // just after its first use
      assertThat(lines.list.stream().filter(line -> line.getMessage().contains("stays")))
          .as("each fault is told once")
          .hasSize(2);

      early
          .getOutputStream()
          .write("GET /api/v0/hello HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(early.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .as("connections from before live on")
          .endsWith("hello");
    } finally {
      log.setLevel(null);
      log.detachAppender(lines);
    }
  }

  /** At once: whoever looks between two writes would find half a file, another fault. */
  private void replace(Path file, String text) throws IOException {
    Files.move(file("new.pem", text), file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static boolean told(ListAppender<ILoggingEvent> lines, String text) {
    List<ILoggingEvent> told;
    synchronized (lines) { // as whoever appends
      told = List.copyOf(lines.list);
    }
    return told.stream()
        .anyMatch(line -> (line.getMessage() + line.getKeyValuePairs()).contains(text));
  }

  private TestServer usual(Duration handshakeMax) throws Exception {
    TestAuthority leaf = TestAuthority.root().server(TestAuthority.rsa());
    return server(file("c.pem", leaf.certificatePem()), file("k.pem", leaf.pkcs8()), handshakeMax);
  }

  /** A ClientHello (RFC 5246, 7.4.1.2) without extensions. */
  private static byte[] hello(int version, int cipher) {
    byte[] hello = new byte[5 + 4 + 2 + 32 + 1 + 4 + 2];
    byte[] start = {22, 3, 1, 0, 45, 1, 0, 0, 41, 3, (byte) version};
    System.arraycopy(start, 0, hello, 0, start.length);
    byte[] end = {0, 0, 2, (byte) (cipher >> 8), (byte) cipher, 1, 0};
    System.arraycopy(end, 0, hello, hello.length - end.length, end.length);
    return hello;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0xC02F, 70", // TLS 1.0: protocol_version
    "2, 0xC02F, 70", // TLS 1.1
    "3, 0x002F, 40", // TLS 1.2 with a CBC cipher and no ECDHE: handshake_failure
    "3, 0x009C, 40" // TLS 1.2 with GCM, without ECDHE
  })
  void givenAnOldVersionOrAWeakCipher_whenOffered_thenAnAlertRefusesIt(
      int version, String cipher, int alert) throws Exception {
    try (var server = usual(PATIENCE);
        RawClient client = server.connect()) {
      client.socket.getOutputStream().write(hello(version, Integer.decode(cipher)));
      byte[] answer = client.socket.getInputStream().readAllBytes();
      assertThat(answer).hasSizeGreaterThanOrEqualTo(7);
      assertThat(answer[0]).as("an alert").isEqualTo((byte) 21);
      assertThat(answer[6]).isEqualTo((byte) alert);
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "3", "20"})
  void givenAHandshakeThatDoesNotGoOn_whenTheTimeIsUp_thenTheConnectionIsClosed(int sent)
      throws Exception {
    try (var server = usual(Duration.ofMillis(500));
        RawClient client = server.connect()) {
      client.socket.getOutputStream().write(hello(3, 0xC02F), 0, sent);
      assertThat(client.hasEnded()).isTrue();
      await().until(() -> server.stats.connections() == 0);
    }
  }

  @Test
  void givenAClientThatClosesItsHalfAfterAsking_whenAnsweredOverTls_thenTheAnswerArrives()
      throws Exception {
    TestAuthority root = TestAuthority.root();
    TestAuthority leaf = root.server(TestAuthority.ec("secp256r1"));
    try (var server = server(file("c.pem", leaf.certificatePem()), file("k.pem", leaf.pkcs8()));
        SSLSocket socket = connect(server, root)) {
      socket
          .getOutputStream()
          .write(
              "GET /api/v0/hello HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .endsWith("hello");
      await().until(() -> server.stats.connections() == 0);
    }
  }
}
