package io.defradb.system.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
  void everyServiceNamedByAnotherIsThereAndSaysWhenItIsHealthy() throws IOException {
    Map<String, Object> services = map(compose().get("services"));
    assertThat(services).containsOnlyKeys("node", "kafka", "connect");
    map(map(services.get("connect")).get("depends_on"))
        .forEach(
            (name, condition) -> {
              assertThat(services).containsKey(name);
              assertThat(map(condition)).containsEntry("condition", "service_healthy");
              assertThat(map(services.get(name))).containsKey("healthcheck");
            });
  }

  @Test
  void everyVolumeIsDeclaredAndUsed() throws IOException {
    Map<String, Object> compose = compose();
    List<String> used = new ArrayList<>();
    for (Object service : map(compose.get("services")).values()) {
      if (map(service).get("volumes") instanceof List<?> volumes) {
        volumes.forEach(volume -> used.add(volume.toString().replaceFirst(":.*", "")));
      }
    }
    assertThat(map(compose.get("volumes")).keySet()).containsExactlyInAnyOrderElementsOf(used);
  }

  @Test
  void everyPublishedPortIsExposedByItsImageAndBoundToThisMachineOnly() throws IOException {
    for (Object each : map(compose().get("services")).values()) {
      Map<String, Object> service = map(each);
      if (service.get("ports") instanceof List<?> ports) {
        String image = dockerfile(service);
        for (Object port : ports) {
          assertThat(port.toString()).matches("127\\.0\\.0\\.1:\\d+:\\d+");
          assertThat(image).contains("EXPOSE " + port.toString().replaceFirst(".*:", ""));
        }
      }
    }
  }

  @Test
  void everyFileThatAnImageCopiesIsMadeByTheBuild() throws IOException {
    var copy = Pattern.compile("(?m)^COPY (\\S+) ");
    for (Object each : map(compose().get("services")).values()) {
      Map<String, Object> service = map(each);
      if (service.containsKey("build")) {
        List<String> sources =
            copy.matcher(dockerfile(service)).results().map(r -> r.group(1)).toList();
        assertThat(sources).isNotEmpty();
        sources.forEach(source -> assertThat(HOME.resolve(source)).exists());
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
        .contains("bootstrap.servers=" + kafka.toString().replace("PLAINTEXT://", ""));
  }
}
