package io.defradb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorsTest {
  private static TestServer server() {
    return new TestServer(TestServer.endpoint(TestServer.get("/x"), call -> Answer.text(200, "x")));
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example,https://a.example",
    "https://A.example,https://A.example",
    "https://b.example,''"
  })
  void givenAnOrigin_whenAllowed_thenItIsEchoedAsSent(String origin, String echoed)
      throws IOException {
    try (var server = server();
        RawClient client = server.connect()) {
      RawClient.Response response =
          client.request("GET", "/api/v0/x", "Origin: " + origin + "\r\n", "").read();
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo(echoed);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example,POST,content-type,true",
    "https://a.example,PATCH,authorization,true",
    "https://a.example,POST,x-defradb-tx,false",
    "https://a.example,patch,authorization,true",
    "https://a.example,PUT,'',false",
    "https://b.example,POST,'',false"
  })
  void givenAPreflight_whenAnythingIsNotAllowed_thenNothingIsPromised(
      String origin, String method, String headers, boolean isAllowed) throws IOException {
    try (var server = server();
        RawClient client = server.connect()) {
      String lines =
          "Origin: "
              + origin
              + "\r\nAccess-Control-Request-Method: "
              + method
              + "\r\n"
              + (headers.isEmpty() ? "" : "Access-Control-Request-Headers: " + headers + "\r\n");
      RawClient.Response response = client.request("OPTIONS", "/api/v0/x", lines, "").read();
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body()).isEmpty();
      assertThat(response.headers().get("vary"))
          .containsExactly(
              "Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers");
      assertThat(response.has("Access-Control-Allow-Origin")).isEqualTo(isAllowed);
      if (isAllowed) {
        assertThat(response.header("Access-Control-Allow-Methods")).isEqualToIgnoringCase(method);
        assertThat(response.header("Access-Control-Allow-Headers")).isEqualToIgnoringCase(headers);
        assertThat(response.header("Access-Control-Max-Age")).isEqualTo("300");
      }
    }
  }

  @Test
  void givenAStarInTheList_whenAnyOriginAsks_thenItIsEchoed() throws IOException {
    try (var server =
            new TestServer(
                HttpSettings.of("127.0.0.1", 0, List.of("*"), null),
                TestServer.endpoint(TestServer.get("/x"), call -> Answer.text(200, "x")));
        RawClient client = server.connect()) {
      RawClient.Response response =
          client.request("GET", "/api/v0/x", "Origin: https://Any.example\r\n", "").read();
      assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("https://Any.example");
      assertThat(response.has("Access-Control-Allow-Credentials")).isFalse();
    }
  }

  @Test
  void givenOptions_whenItIsNoPreflight_then405() throws IOException {
    try (var server = server();
        RawClient client = server.connect()) {
      assertThat(client.exchange("OPTIONS", "/api/v0/x").status()).isEqualTo(405);
    }
  }

  @Test
  void givenNoOrigin_whenAnswered_thenNoCorsHeader() throws IOException {
    try (var server = server();
        RawClient client = server.connect()) {
      assertThat(client.exchange("GET", "/api/v0/x").has("Access-Control-Allow-Origin")).isFalse();
    }
  }
}
