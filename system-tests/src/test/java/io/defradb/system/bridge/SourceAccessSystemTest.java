package io.defradb.system.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.defradb.client.DefraClient;
import io.defradb.client.settings.NodeAccess;
import io.defradb.client.settings.NodeSetting;
import io.defradb.quickstart.server.NodePlace;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the source reaches its node, in a real worker. */
class SourceAccessSystemTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String KEY =
      "e3b722906ee4e56368f581cd8b18ab0f48af1ea53e635e3f7b8acd076676f6ac";
  private static final Duration TOKEN_LIFETIME = Duration.ofSeconds(12);
  private static final String PASSWORD = "changeit";
  private static final String POLICY =
      """
      name: things
      resources:
        thing:
          permissions:
            read:
              expr: owner
            update:
              expr: owner
            delete:
              expr: owner
          relations:
            owner:
              types:
                - actor
      """;

  private static House house;

  @TempDir Path folder;

  @BeforeAll
  static void open() throws Exception {
    house = House.open();
  }

  @Test
  @Covers("defradb.identity.token.lifetime.ms")
  @Proves({
    "defradb.url",
    "defradb.tls.ca.file",
    "defradb.identity.key",
    "defradb.identity.key.type",
    "defradb.identity.token.lifetime.ms"
  })
  void givenANodeThatAsksWhoItIs_whenReadOverTls_thenOnlyTheRightKeyIsLetIn_andTokensAreRenewed()
      throws Exception {
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
    DefraClient client = NodeAccess.of(setting -> of(access, setting)).client(Clock.systemUTC());
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
            "--document-acp-type",
            "local")) {
      String collection = House.fresh("Guarded");
      String policy =
          node.client
              .call("POST", "/acp/document/policy", POLICY.getBytes(StandardCharsets.UTF_8))
              .path("PolicyID")
              .asText();
      node.client.addSchema(
          "type "
              + collection
              + " @policy(id: \""
              + policy
              + "\", resource: \"thing\") { n: Int }");
      String create = "mutation { create_" + collection + "(input: {n: %s}) { _docID } }";
      node.client.graphql(create.formatted(1), Map.of()); // the key's own
      Map<String, String> anyone = new HashMap<>();
      anyone.put("defradb.url", url);
      assertThat(validated(anyone, collection)).contains("leads to no node");
      anyone.put("defradb.tls.ca.file", folder.resolve("node.crt").toString());
      assertThat(validated(anyone, collection)).contains("\"error_count\":0");
      Map<String, String> owner = new HashMap<>(anyone);
      owner.put("defradb.identity.key", "no key");
      assertThat(validated(owner, collection)).contains("\"error_count\":1");
      Path secrets = Files.writeString(folder.resolve("secrets.properties"), "key=" + KEY + "\n");
      owner.put("defradb.identity.key", "${file:" + secrets + ":key}");
      owner.put("defradb.identity.key.type", "secp256k1");
      owner.put("defradb.identity.token.lifetime.ms", String.valueOf(TOKEN_LIFETIME.toMillis()));
      String mayRead = house.addSource(collection, owner);
      String mayNot = house.addSource(collection, anyone);
      try (Topic all = new Topic(house, mayRead + "." + collection);
          Topic open = new Topic(house, mayNot + "." + collection)) {
        assertThat(all.read(1, PATIENCE)).hasSize(1);
        node.client.graphql(create.formatted(2), Map.of());
        NodeAccess.of(setting -> setting == NodeSetting.IDENTITY_KEY ? "" : of(access, setting))
            .client(Clock.systemUTC())
            .graphql(create.formatted(3), Map.of()); // nobody's, so everybody's
        assertThat(all.read(3, PATIENCE))
            .extracting(event -> event.after().path("n").asInt())
            .containsExactly(1, 2, 3);
        assertThat(open.read(1, PATIENCE))
            .extracting(event -> event.after().path("n").asInt())
            .containsExactly(3);
        givenTokensThatExpire_whenTheRunGoesOn_thenSourceAndSinkHaveFreshOnes(
            collection, owner, access, all);
      }
      for (String page : List.of("/status", "/config")) {
        assertThat(house.connect.call("GET", "/connectors/" + mayRead + page, ""))
            .doesNotContain(KEY);
      }
      assertThat(validated(owner, collection))
          .contains("\"recommended_values\":[\"envelope\",\"document\",\"commit\"]")
          .contains("\"error_count\":0")
          .doesNotContain(KEY);
    }
  }

  /** What the sink writes is the identity's alone; the source sees it only as that identity. */
  private void givenTokensThatExpire_whenTheRunGoesOn_thenSourceAndSinkHaveFreshOnes(
      String collection, Map<String, String> owner, Map<NodeSetting, String> access, Topic events)
      throws Exception {
    try (Topic records = Topic.create(house, House.fresh("owned"), 1)) {
      Map<String, String> sink = new HashMap<>(owner);
      sink.put("primary.key.fields", "n");
      house.addSink(records.name(), collection, sink);
      records.write("{\"n\":4}", "{}");
      records.flush();
      assertThat(events.read(4, PATIENCE)).hasSize(4);
      var begun = new AtomicReference<>(Instant.now());
      DefraClient late =
          NodeAccess.of(
                  setting ->
                      setting == NodeSetting.TOKEN_LIFETIME
                          ? String.valueOf(TOKEN_LIFETIME.toMillis())
                          : of(access, setting))
              .client(begun::get); // its tokens grow old, as those that the connectors began with
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                begun.set(Instant.now());
                return late.exchange("GET", "/api/v0/collections", null).status() == 200;
              });
      await()
          .atMost(PATIENCE)
          .until(() -> late.exchange("GET", "/api/v0/collections", null).status() == 403);
      records.write("{\"n\":5}", "{}");
      records.flush();
      assertThat(events.read(5, PATIENCE))
          .extracting(event -> event.after().path("n").asInt())
          .containsExactly(1, 2, 3, 4, 5);
    }
  }

  private static String of(Map<NodeSetting, String> access, NodeSetting setting) {
    return access.getOrDefault(setting, setting.initial());
  }

  @Test
  @Proves({
    "defradb.request.timeout.ms",
    "errors.max.retries",
    "retriable.restart.connector.wait.ms"
  })
  void givenANodeThatHangsOrIsGone_whenARequestFails_thenItIsAskedAgainAsOftenAsIsSet()
      throws Exception {
    String collection = House.fresh("Hung");
    try (OwnNode node = OwnNode.start(house);
        WorkerBeans beans = WorkerBeans.of("ConnectDistributed")) {
      node.client.addSchema("type " + collection + " { n: Int }");
      node.client.graphql(
          "mutation { create_" + collection + "(input: {n: 1}) { _docID } }", Map.of());
      String source = addSource(node, collection, "2000");
      String patient = addSource(node, collection, "600000");
      try (Topic events = new Topic(house, source + "." + collection)) {
        assertThat(events.read(1, PATIENCE)).hasSize(1);
        awaitConnected(beans, source);
        awaitConnected(beans, patient);
        long before = disconnects(beans, source);
        long beforeOfPatient = disconnects(beans, patient);
        node.freeze();
        try {
          await().atMost(PATIENCE).until(() -> disconnects(beans, source) > before);
          assertThat(disconnects(beans, patient)).isEqualTo(beforeOfPatient);
        } finally {
          node.thaw();
        }
        node.client.graphql(
            "mutation { create_" + collection + "(input: {n: 2}) { _docID } }", Map.of());
        assertThat(events.read(2, PATIENCE)).hasSize(2);
      }
      String impatient =
          house.addSource(
              collection,
              Map.of(
                  "defradb.url", node.url,
                  "errors.max.retries", "30", // with the pauses of the default, four minutes
                  "retriable.restart.connector.wait.ms", "10"));
      try (Topic events = new Topic(house, impatient + "." + collection)) {
        assertThat(events.read(2, PATIENCE)).hasSize(2);
      }
      node.stop();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> house.connect.isRunning(impatient))
                      .hasMessageContaining("after 31 tries"));
      assertThat(house.connect.isRunning(source)).isTrue();
    }
  }

  private static String addSource(OwnNode node, String collection, String timeoutMillis)
      throws Exception {
    return house.addSource(
        collection, Map.of("defradb.url", node.url, "defradb.request.timeout.ms", timeoutMillis));
  }

  private static void awaitConnected(WorkerBeans beans, String source) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions() // it is not there before its task
        .until(() -> beans.attribute(bean(source), "Connected").equals(true));
  }

  private static long disconnects(WorkerBeans beans, String source) throws Exception {
    return (long) beans.attribute(bean(source), "NumberOfDisconnects");
  }

  private static String bean(String source) {
    return "io.defradb:type=connector-metrics,context=streaming,server=" + source + ",task=0";
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
