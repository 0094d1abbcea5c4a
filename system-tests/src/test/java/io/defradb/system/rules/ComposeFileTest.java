package io.defradb.system.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code docker-compose.yml} names must be there: no engine is needed to see it. */
class ComposeFileTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path HOME =
      Path.of(System.getProperty("defradb.home", "..")).toAbsolutePath().normalize();

  private static Map<String, Object> map(Object value) {
    assertThat(value).isInstanceOf(Map.class);
    Map<String, Object> map = new java.util.LinkedHashMap<>();
    ((Map<?, ?>) value).forEach((key, item) -> map.put(String.valueOf(key), item));
    return map;
  }

  private static Map<String, Object> compose() throws IOException {
    try (var reader = Files.newBufferedReader(HOME.resolve("docker-compose.yml"))) {
      return map(new Yaml(new SafeConstructor(new LoaderOptions())).load(reader));
    }
  }

  private static String dockerfile(Map<String, Object> service) throws IOException {
    return Files.readString(HOME.resolve(map(service.get("build")).get("dockerfile").toString()));
  }

  @Test
  void theFileIsOneOfTheComposeSpecification() throws IOException {
    JsonSchema schema;
    try (InputStream text =
        ComposeFileTest.class.getResourceAsStream("/compose/compose-spec.json")) {
      ObjectNode specification = (ObjectNode) JSON.readTree(text);
      specification.remove("$id"); // relative to an address that it does not tell
      schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(specification);
    }
    Map<String, Object> compose = compose();
    assertThat(schema.validate(JSON.valueToTree(compose))).isEmpty();
    compose.put("servces", Map.of());
    assertThat(schema.validate(JSON.valueToTree(compose))).as("a wrong word is seen").isNotEmpty();
  }

  @Test
  void everyServiceNamedByAnotherIsThereAndBecomesWhatIsWaitedFor() throws IOException {
    Map<String, Object> services = map(compose().get("services"));
    assertThat(services)
        .containsOnlyKeys(
            "edge",
            "hub",
            "peers",
            "kafka",
            "connect",
            "connectors",
            "lake",
            "objects",
            "prometheus",
            "grafana");
    for (Object each : services.values()) {
      Object needed = map(each).get("depends_on");
      if (needed instanceof List<?> names) {
        names.forEach(name -> assertThat(services).containsKey(name.toString()));
      } else if (needed != null) {
        map(needed)
            .forEach(
                (name, condition) -> {
                  assertThat(services).containsKey(name);
                  boolean isWaitedFor = map(condition).get("condition").equals("service_healthy");
                  assertThat(map(services.get(name)).containsKey("healthcheck"))
                      .isEqualTo(isWaitedFor || name.equals("peers"));
                });
      }
    }
  }

  @Test
  void everyImageOfOthersIsOneVersionAndKafkaTheOneThatIsBuiltWith() throws IOException {
    List<String> images = new ArrayList<>();
    List<String> built = new ArrayList<>();
    for (Object each : map(compose().get("services")).values()) {
      Map<String, Object> service = map(each);
      if (service.containsKey("build")) {
        built.add(service.get("image").toString());
        images.add(dockerfile(service).replaceFirst("(?s)^FROM (\\S+).*", "$1"));
      } else {
        images.add(service.get("image").toString());
      }
    }
    images.removeAll(built);
    String kafka =
        Files.readString(HOME.resolve("pom.xml"))
            .replaceFirst("(?s).*<kafka\\.version>([^<]+)<.*", "$1");
    assertThat(images)
        .hasSizeGreaterThan(built.size())
        .contains("apache/kafka:" + kafka)
        .allSatisfy(
            image -> {
              assertThat(image).matches("[a-z/-]+:v?\\d+\\.\\d+[\\w.-]*");
              assertThat(image.startsWith("apache/kafka:")).isEqualTo(image.endsWith(":" + kafka));
            });
  }

  @Test
  void everyVolumeIsDeclaredAndUsedAndEveryFileMountedIsThere() throws IOException {
    Map<String, Object> compose = compose();
    List<String> used = new ArrayList<>();
    for (Object service : map(compose.get("services")).values()) {
      if (map(service).get("volumes") instanceof List<?> volumes) {
        for (Object volume : volumes) {
          String source = volume.toString().replaceFirst(":.*", "");
          if (source.startsWith("./")) {
            assertThat(HOME.resolve(source)).isRegularFile();
          } else {
            used.add(source);
          }
        }
      }
    }
    assertThat(map(compose.get("volumes")).keySet()).containsExactlyInAnyOrderElementsOf(used);
  }

  @Test
  void everyPublishedPortIsBoundToThisMachineOnlyOnceAndExposedByTheImageThatIsBuilt()
      throws IOException {
    List<String> published = new ArrayList<>();
    for (Object each : map(compose().get("services")).values()) {
      Map<String, Object> service = map(each);
      if (service.get("ports") instanceof List<?> ports) {
        for (Object port : ports) {
          assertThat(port.toString()).matches("127\\.0\\.0\\.1:\\d+:\\d+");
          published.add(port.toString().split(":", -1)[1]);
          if (service.containsKey("build")) {
            assertThat(dockerfile(service))
                .containsPattern("EXPOSE .*\\b" + port.toString().replaceFirst(".*:", ""));
          }
        }
      }
    }
    assertThat(published).doesNotHaveDuplicates();
  }

  @Test
  void everyTargetOfPrometheusIsAServiceThatListensThere() throws IOException {
    Map<String, Object> services = map(compose().get("services"));
    try (var reader = Files.newBufferedReader(HOME.resolve("config/monitoring/prometheus.yml"))) {
      JsonNode prometheus =
          JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(reader));
      for (JsonNode targets : prometheus.findValues("targets")) {
        for (JsonNode target : targets) {
          String[] place = target.asText().split(":", -1);
          assertThat(services).containsKey(place[0]);
          assertThat(dockerfile(map(services.get(place[0]))))
              .containsPattern("EXPOSE .*\\b" + place[1]);
        }
      }
    }
  }

  @Test
  void everyFileThatAnImageCopiesIsMadeByTheBuildAndSentToTheEngine() throws IOException {
    List<String> sent =
        Files.readAllLines(HOME.resolve(".dockerignore")).stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList();
    var copy = Pattern.compile("(?m)^COPY (\\S+) ");
    for (Object each : map(compose().get("services")).values()) {
      Map<String, Object> service = map(each);
      if (service.containsKey("build")) {
        List<String> sources =
            copy.matcher(dockerfile(service)).results().map(r -> r.group(1)).toList();
        assertThat(sources).isNotEmpty();
        sources.forEach(
            source -> {
              assertThat(HOME.resolve(source)).exists();
              assertThat(sent).as(source).anyMatch(kept -> (source + "/").startsWith(kept + "/"));
            });
      }
    }
  }

  @Test
  void theWorkersImageRewritesSettingsThatTheWorkerHas() throws IOException {
    Map<String, Object> services = map(compose().get("services"));
    String worker = Files.readString(HOME.resolve("config/connect/worker.properties"));
    List<String> keys =
        Pattern.compile("s#\\^([a-z.]+)=")
            .matcher(dockerfile(map(services.get("connect"))))
            .results()
            .map(r -> r.group(1))
            .toList();
    assertThat(keys).contains("bootstrap.servers", "listeners", "plugin.path");
    keys.forEach(key -> assertThat(worker).containsPattern("(?m)^" + Pattern.quote(key) + "="));
    Object kafka =
        map(map(services.get("kafka")).get("environment")).get("KAFKA_ADVERTISED_LISTENERS");
    assertThat(dockerfile(map(services.get("connect"))))
        .contains(
            "bootstrap.servers=" + kafka.toString().replaceFirst("^INSIDE://([^,]+),.*", "$1"));
  }
}
