package io.defradb.node;

import static io.defradb.node.TestNodes.ask;
import static io.defradb.node.TestNodes.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors in documents, made by a local server that speaks as Ollama does. */
class EmbeddingTest {
  @TempDir Path root;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer provider;
  private DefraNode node;

  @BeforeEach
  void start() throws Exception {
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.createContext(
        "/embeddings",
        exchange -> {
          asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] answer = "{\"embedding\":[3,4]}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    provider.start();
    node = DefraNode.start(TestNodes.inMemory(root));
    String url = "http://127.0.0.1:" + provider.getAddress().getPort();
    String sdl =
        "type T {s: String n: Int other: String v: [Float32!] @constraints(size: 2)"
            + " @embedding(fields: [\"s\", \"n\"], provider: \"ollama\", model: \"m\", url: \""
            + url
            + "\")}";
    assertThat(ask(node, "POST", "/api/v0/schema", sdl).statusCode()).isEqualTo(200);
  }

  @AfterEach
  void stop() {
    node.close();
    provider.stop(0);
  }

  private String answer(String request) throws Exception {
    return graphql(node, request.replace("'", "\\\"")).replace("\"", "'");
  }

  @Test
  void givenSourceFields_whenADocumentIsCreatedAndChanged_thenItsVectorIsMadeOfThemAll()
      throws Exception {
    assertThat(answer("mutation{create_T(input:{s:'a', n:1}){v}}"))
        .isEqualTo("{'data':{'create_T':[{'v':[0.6,0.8]}]}}");
    assertThat(answer("mutation{update_T(input:{n:2}){v}}"))
        .isEqualTo("{'data':{'update_T':[{'v':[0.6,0.8]}]}}");
    assertThat(asked)
        .containsExactly(
            "{\"model\":\"m\",\"prompt\":\"a\\n1\\n\"}",
            "{\"model\":\"m\",\"prompt\":\"a\\n2\\n\"}");
    assertThat(answer("{commits(fieldName:'v'){height}}"))
        .isEqualTo("{'data':{'commits':[{'height':2},{'height':1}]}}");
    assertThat(answer("{T{_similarity(v:{vector:[1,0]})}}")).contains("0.6");
  }

  @Test
  void givenAVectorOrNoSourceField_whenWritten_thenNobodyIsAsked() throws Exception {
    assertThat(answer("mutation{create_T(input:{s:'a', v:[1,0]}){v}}"))
        .isEqualTo("{'data':{'create_T':[{'v':[1,0]}]}}");
    answer("mutation{update_T(input:{other:'x'}){v}}");
    assertThat(asked).isEmpty();
  }

  @Test
  void givenAProviderThatIsGone_whenADocumentIsCreated_thenNothingIsWrittenAndTheTextTells()
      throws Exception {
    provider.stop(0);
    assertThat(answer("mutation{create_T(input:{s:'a'}){v}}"))
        .contains("couldn't send request: the embedding provider cannot be reached");
    assertThat(answer("{T{s}}")).isEqualTo("{'data':{'T':[]}}");
  }
}
