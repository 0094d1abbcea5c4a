package io.defradb.system.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.quickstart.server.ConnectApi;
import io.defradb.testing.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The house of {@code docker-compose.yml} without containers: the script that joins its nodes, its
 * connectors, its worker's agent; and that every name in alerts and dashboard is shown by one of
 * them.
 */
class MonitoringSystemTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Set<String> PROMQL =
      Set.of("rate", "increase", "sum", "by", "instance", "m");
  private static final int AIRPORTS = 20;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void everyNameInAlertsAndDashboardIsShownByANodeOrAWorker() throws Exception {
    House house = House.open();
    Path home = house.settings.home();
    int port = FreePorts.next();
    int jmxPort = FreePorts.next();
    String agent =
        "-javaagent:"
            + home.resolve("quickstart-app/target/monitoring/jmx_prometheus_javaagent.jar")
            + "="
            + port
            + ":"
            + home.resolve("config/monitoring/jmx-connect.yml");
    try (ExtraNode edge = ExtraNode.startPeer(house);
        ExtraNode hub = ExtraNode.startPeer(house);
        Topic airports = Topic.create(house, House.fresh("airports"), 1);
        StandaloneWorker worker =
            StandaloneWorker.start(
                house,
                folder,
                "quickstart-app/target/kafka",
                agent,
                "-Dcom.sun.management.jmxremote.port=" + jmxPort,
                "-Dcom.sun.management.jmxremote.host=127.0.0.1",
                "-Djava.rmi.server.hostname=127.0.0.1",
                "-Dcom.sun.management.jmxremote.authenticate=false",
                "-Dcom.sun.management.jmxremote.ssl=false")) {
      join(home, edge, hub);
      join(home, edge, hub);
      String prefix = House.fresh("watched");
      addConnectors(home, worker.connect(), edge, hub, airports, prefix);
      for (int i = 0; i < AIRPORTS; i++) {
        airports.write("{\"iata\":\"A" + i + "\"}", "{\"name\":\"n\"}");
      }
      airports.flush();
      try (Topic events = new Topic(house, prefix + ".Airport")) {
        assertThat(events.read(AIRPORTS, PATIENCE))
            .as("from the topic to the edge, to the hub, to the topic")
            .hasSizeGreaterThanOrEqualTo(AIRPORTS);
      }
      Set<String> used = new TreeSet<>(names(expressions(home)));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                Set<String> shown = new TreeSet<>(shown(edge.url() + "/metrics"));
                shown.addAll(shown("http://127.0.0.1:" + port + "/metrics"));
                assertThat(shown).containsAll(used);
              });
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(page("http://127.0.0.1:" + port + "/metrics"))
                      .containsPattern(
                          "defradb_connector_sink_total_number_of_records_stored"
                              + "\\{connector=\"[^\"]+\",task=\"0\",?} 20.0"));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(pluginMetric(jmxPort, "records-stored-total")).containsExactly(20.0));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(pluginMetric(jmxPort, "lag-records")).containsExactly(0.0));
    }
  }

  /** The values of a metric that a plugin has registered itself (KIP-877), by the worker's JMX. */
  @SuppressWarnings("BanJNDI") // the agent of a process that this test has started
  private static List<Object> pluginMetric(int port, String attribute) throws Exception {
    var address = new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi");
    try (JMXConnector connector = JMXConnectorFactory.connect(address)) {
      MBeanServerConnection server = connector.getMBeanServerConnection();
      List<Object> values = new ArrayList<>();
      for (ObjectName name : server.queryNames(new ObjectName("kafka.connect:*"), null)) {
        for (MBeanAttributeInfo info : server.getMBeanInfo(name).getAttributes()) {
          if (info.getName().equals(attribute)) {
            values.add(server.getAttribute(name, attribute));
          }
        }
      }
      return values;
    }
  }

  /** Runs the compose file's own script, with this checkout's command line. */
  private void join(Path home, ExtraNode edge, ExtraNode hub) throws Exception {
    var script =
        new ProcessBuilder("sh", home.resolve("config/docker/begin.sh").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("join.log").toFile());
    script.environment().merge("PATH", home.resolve("bin") + ":", (path, bin) -> bin + path);
    script.environment().put("EDGE", edge.url());
    script.environment().put("HUB", hub.url());
    script.environment().put("SCHEMA", home.resolve("config/airports.graphql").toString());
    Process running = script.start();
    assertThat(running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(running.exitValue()).as(Files.readString(folder.resolve("join.log"))).isZero();
  }

  private static void addConnectors(
      Path home, ConnectApi connect, ExtraNode edge, ExtraNode hub, Topic topic, String prefix) {
    connect.put(
        home.resolve("config/docker/airports-sink.json"),
        Map.of("defradb.url", edge.url(), "topics", topic.name()));
    Map<String, String> source = new TreeMap<>();
    source.put("defradb.url", hub.url());
    source.put("topic.prefix", prefix);
    source.put("exactly.once.support", "requested"); // a standalone worker has no transactions
    connect.put(home.resolve("config/docker/airports-source.json"), source);
  }

  private List<String> expressions(Path home) throws IOException {
    List<String> expressions = new ArrayList<>();
    JsonNode dashboard =
        json.readTree(home.resolve("config/monitoring/grafana/defradb.json").toFile());
    dashboard.findValues("expr").forEach(expression -> expressions.add(expression.asText()));
    assertThat(expressions).hasSizeGreaterThan(20);
    try (var reader = Files.newBufferedReader(home.resolve("config/monitoring/alerts.yml"))) {
      JsonNode alerts =
          json.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(reader));
      alerts.findValues("expr").forEach(expression -> expressions.add(expression.asText()));
    }
    return expressions;
  }

  private static Set<String> names(List<String> expressions) {
    Set<String> names = new TreeSet<>();
    for (String expression : expressions) {
      Set<String> found =
          NAME.matcher(expression).results().map(MatchResult::group).collect(Collectors.toSet());
      found.removeAll(PROMQL);
      assertThat(found).as(expression).isNotEmpty();
      names.addAll(found);
    }
    return names;
  }

  private Set<String> shown(String address) throws Exception {
    return page(address)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceFirst("[{ ].*", ""))
        .collect(Collectors.toSet());
  }

  private String page(String address) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }
}
