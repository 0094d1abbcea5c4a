package io.defradb.system.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.defradb.client.DefraClient;
import io.defradb.client.settings.NodeAccess;
import io.defradb.client.settings.NodeSetting;
import io.defradb.quickstart.server.NodePlace;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the source reaches its node, in a real worker. */
class SourceAccessSystemTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String KEY =
      "e3b722906ee4e56368f581cd8b18ab0f48af1ea53e635e3f7b8acd076676f6ac";
  private static final String PASSWORD = "changeit";

  private static House house;

  @TempDir Path folder;

  @BeforeAll
  static void open() throws Exception {
    house = House.open();
  }

  @Test
  @Proves({
    "defradb.url",
    "defradb.tls.ca.file",
    "defradb.identity.key",
    "defradb.identity.key.type"
  })
  void givenANodeThatAsksWhoItIs_whenReadOverTls_thenOnlyTheRightKeyIsLetIn() throws Exception {
    writeCertificate();
    NodePlace place = OwnNode.place();
    String url = "https://127.0.0.1:" + place.port();
    Map<NodeSetting, String> access =
        Map.of(
            NodeSetting.URL,
            url,
            NodeSetting.TRUSTED,
            folder.resolve("node.crt").toString(),
            NodeSetting.IDENTITY_KEY,
            KEY,
            NodeSetting.IDENTITY_KEY_TYPE,
            "secp256k1");
    DefraClient client =
        NodeAccess.of(setting -> access.getOrDefault(setting, setting.initial()))
            .client(Clock.systemUTC());
    try (OwnNode node =
        OwnNode.start(
            house,
            place,
            url,
            client,
            "--tls",
            "--pubkeypath",
            folder.resolve("node.crt").toString(),
            "--privkeypath",
            folder.resolve("node.key").toString(),
            "--node-acp-enable=true",
            "--identity",
            KEY)) {
      String collection = House.fresh("Guarded");
      node.client.addSchema("type " + collection + " { n: Int }");
      node.client.graphql(
          "mutation { create_" + collection + "(input: {n: 1}) { _docID } }", Map.of());
      Map<String, String> own = new HashMap<>();
      own.put("defradb.url", url);
      own.put("defradb.tls.ca.file", folder.resolve("node.crt").toString());
      assertThat(validated(own, collection)).contains("\"error_count\":1").contains("FORBIDDEN");
      own.put("defradb.identity.key", KEY);
      own.put("defradb.identity.key.type", "ed25519");
      assertThat(validated(own, collection)).doesNotContain("\"error_count\":0");
      own.put("defradb.identity.key.type", "secp256k1");
      assertThat(validated(own, collection)).contains("\"error_count\":0");
      String source = house.addSource(collection, own);
      try (Topic events = new Topic(house, source + "." + collection)) {
        assertThat(events.read(1, PATIENCE)).hasSize(1);
        node.client.graphql(
            "mutation { create_" + collection + "(input: {n: 2}) { _docID } }", Map.of());
        assertThat(events.read(2, PATIENCE)).hasSize(2);
      }
    }
  }

  @Test
  @Proves("defradb.request.timeout.ms")
  void givenANodeThatHangs_whenARequestTakesTooLong_thenItIsAskedAgainUntilItAnswers()
      throws Exception {
    String collection = House.fresh("Hung");
    try (OwnNode node = OwnNode.start(house);
        WorkerBeans beans = WorkerBeans.of("ConnectDistributed")) {
      node.client.addSchema("type " + collection + " { n: Int }");
      node.client.graphql(
          "mutation { create_" + collection + "(input: {n: 1}) { _docID } }", Map.of());
      String source =
          house.addSource(
              collection, Map.of("defradb.url", node.url, "defradb.request.timeout.ms", "600"));
      String bean =
          "io.defradb:type=connector-metrics,context=streaming,server=" + source + ",task=0";
      try (Topic events = new Topic(house, source + "." + collection)) {
        assertThat(events.read(1, PATIENCE)).hasSize(1);
        await().atMost(PATIENCE).until(() -> beans.attribute(bean, "Connected").equals(true));
        node.freeze();
        try {
          await()
              .atMost(Duration.ofSeconds(20)) // the default would take thirty
              .until(() -> beans.attribute(bean, "NumberOfDisconnects").equals(1L));
        } finally {
          node.thaw();
        }
        node.client.graphql(
            "mutation { create_" + collection + "(input: {n: 2}) { _docID } }", Map.of());
        assertThat(events.read(2, PATIENCE)).hasSize(2);
      }
    }
  }

  private static String validated(Map<String, String> settings, String collection)
      throws Exception {
    Map<String, String> all = new HashMap<>(settings);
    all.put("connector.class", "io.defradb.connect.source.DefraSourceConnector");
    all.put("name", "v");
    all.put("tasks.max", "1");
    all.put("topic.prefix", "p");
    all.put("collection.include.list", collection);
    return house.connect.call(
        "PUT",
        "/connector-plugins/io.defradb.connect.source.DefraSourceConnector/config/validate",
        new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(all));
  }

  /** A key pair that certifies itself, as PEM files. */
  private void writeCertificate() throws Exception {
    Path store = folder.resolve("node.p12");
    int status =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "node",
                "-keyalg",
                "EC",
                "-dname",
                "CN=node",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start()
            .waitFor();
    assertThat(status).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    write("node.crt", "CERTIFICATE", keys.getCertificate("node").getEncoded());
    write("node.key", "PRIVATE KEY", keys.getKey("node", PASSWORD.toCharArray()).getEncoded());
  }

  private void write(String file, String kind, byte[] bytes) throws Exception {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }
}
