package io.defradb.client.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import io.defradb.crypto.KeyType;
import io.defradb.identity.BearerTokens;
import io.defradb.identity.Identity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node sees of a connector's settings. */
class NodeAccessTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final BlockingQueue<String> authorizations = new LinkedBlockingQueue<>();
  private final Map<NodeSetting, String> values = new EnumMap<>(NodeSetting.class);
  private HttpServer node;

  @BeforeEach
  void start() throws Exception {
    node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext(
        "/",
        call -> {
          String header = call.getRequestHeaders().getFirst("Authorization");
          authorizations.add(header == null ? "" : header);
          call.sendResponseHeaders(200, -1);
          call.close();
        });
    node.start();
    for (NodeSetting setting : NodeSetting.values()) {
      values.put(setting, setting.initial());
    }
    values.put(NodeSetting.URL, "http://" + address());
  }

  @AfterEach
  void stop() {
    node.stop(0);
  }

  private String address() {
    return "127.0.0.1:" + node.getAddress().getPort();
  }

  private String authorizationAt(Instant time) throws InterruptedException {
    NodeAccess.of(values::get).client(() -> time).isHealthy();
    return authorizations.take();
  }

  @Test
  void givenNoKey_whenTheNodeIsAsked_thenAsNobody() throws Exception {
    assertThat(authorizationAt(NOW)).isEmpty();
  }

  @Test
  void givenAKeyOfEitherType_whenTheNodeIsAsked_thenItKnowsWho() throws Exception {
    for (KeyType type : new KeyType[] {KeyType.SECP256K1, KeyType.ED25519}) {
      Identity identity = Identity.generate(type, new java.util.SplittableRandom(7));
      values.put(NodeSetting.IDENTITY_KEY, identity.privateKey().raw().toHex());
      values.put(NodeSetting.IDENTITY_KEY_TYPE, type.word());
      String token = authorizationAt(NOW).substring("Bearer ".length());
      assertThat(BearerTokens.verify(token, address(), NOW.plusSeconds(60)).did())
          .isEqualTo(identity.did());
    }
  }

  @Test
  void givenAClientThatLivesOn_whenItAsksLater_thenItsTokenIsYoung() throws Exception {
    Identity identity = Identity.generate(KeyType.SECP256K1, new java.util.SplittableRandom(8));
    values.put(NodeSetting.IDENTITY_KEY, identity.privateKey().raw().toHex());
    Instant[] now = {NOW};
    var client = NodeAccess.of(values::get).client(() -> now[0]);
    client.isHealthy();
    authorizations.take();
    now[0] = NOW.plusSeconds(86_400);
    client.isHealthy();
    String token = authorizations.take().substring("Bearer ".length());
    assertThat(BearerTokens.verify(token, address(), now[0]).did()).isEqualTo(identity.did());
  }

  @Test
  void givenAWrongValue_whenRequired_thenTheReasonIsGivenAndNoSecret() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NodeSetting.URL.require("nowhere"))
        .withMessageContaining("must be an address such as http://127.0.0.1:9181");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NodeSetting.IDENTITY_KEY.require("secret!"))
        .withMessageContaining("hexadecimal")
        .withMessageNotContaining("secret!");
  }
}
