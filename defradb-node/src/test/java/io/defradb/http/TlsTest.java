package io.defradb.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.client.DefraClient;
import io.defradb.client.settings.NodeAccess;
import io.defradb.client.settings.NodeSetting;
import io.defradb.error.DefraException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
  private static final Endpoint HELLO =
      TestServer.endpoint(TestServer.get("/hello"), call -> Answer.text(200, "hello"));

  private static TestServer server(Path first, Path second) {
    return new TestServer(
        HttpSettings.of("127.0.0.1", 0, List.of(), new HttpSettings.Tls(first, second)), HELLO);
  }

  private static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(TlsTest.class.getResource("/tls/" + name)).toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static HttpClient client(String protocol) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream certificate = TlsTest.class.getResourceAsStream("/tls/server.crt")) {
      trusted.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
    }
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    var parameters = new SSLParameters();
    parameters.setProtocols(new String[] {protocol});
    return HttpClient.newBuilder().sslContext(context).sslParameters(parameters).build();
  }

  private static String get(HttpClient client, TestServer server) throws Exception {
    URI uri = URI.create("https://localhost:" + server.address().getPort() + "/api/v0/hello");
    return client
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void givenAPairInEitherOrder_whenAskedOverTls_thenItAnswers(String protocol) throws Exception {
    try (var server = server(resource("server.crt"), resource("server.key"));
        var swapped = server(resource("server.key"), resource("server.crt"))) {
      assertThat(get(client(protocol), server)).isEqualTo("hello");
      assertThat(get(client(protocol), swapped)).isEqualTo("hello");
    }
  }

  @Test
  void givenAConnectorsSettings_whenTheyTrustTheCertificate_thenItAsks_elseTheNodeIsNoneOfItsOwn()
      throws Exception {
    try (var server = server(resource("server.crt"), resource("server.key"))) {
      String url = "https://localhost:" + server.address().getPort();
      assertThat(
              client(url, resource("server.crt").toString())
                  .exchange("GET", "/api/v0/hello", null)
                  .text())
          .isEqualTo("hello");
      Assertions.assertThatThrownBy(() -> client(url, "").exchange("GET", "/api/v0/hello", null))
          .isInstanceOf(DefraException.class)
          .hasMessageContaining("no answer from the node");
      Assertions.assertThatThrownBy(
              () -> NodeSetting.TRUSTED.require(resource("server.key").toString()))
          .hasMessageContaining("PEM file");
    }
  }

  private static DefraClient client(String url, String trusted) {
    return NodeAccess.of(
            setting ->
                switch (setting) {
                  case URL -> url;
                  case TRUSTED -> trusted;
                  default -> setting.initial();
                })
        .client(InstantSource.system());
  }

  @Test
  void givenATlsPort_whenAskedInPlainHttp_thenItSaysSo() throws IOException {
    try (var server = server(resource("server.crt"), resource("server.key"));
        RawClient client = server.connect()) {
      client.request("GET", "/api/v0/hello", "", "");
      assertThat(client.readAll())
          .startsWith("HTTP/1.0 400 Bad Request\r\n")
          .endsWith("\r\n\r\nClient sent an HTTP request to an HTTPS server.\n");
    }
  }

  @Test
  void givenAMissingFile_whenStarted_thenTheErrorNamesIt() {
    Assertions.assertThatThrownBy(() -> server(Path.of("/nope.crt"), Path.of("/nope.key")))
        .hasMessage("open /nope.crt: no such file or directory");
  }
}
