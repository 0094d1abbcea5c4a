package io.defradb.system.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plugins as users download them: a zip in the layout that Confluent Hub asks for. */
class PluginFolderTest {
  private static final Path HOME =
      Path.of(System.getProperty("defradb.home", "..")).toAbsolutePath().normalize();
  private static final long BYTES_MAX = 20_000_000;

  @ParameterizedTest
  @CsvSource({
    "connect-sink, org.apache.kafka.connect.sink.SinkConnector",
    "connect-source, org.apache.kafka.connect.source.SourceConnector"
  })
  void givenAZip_whenOpened_thenItHasTheLayoutAndNothingOfKafka(String module, String service)
      throws IOException {
    Path zip = zip(module);
    String top = zip.getFileName().toString().replaceFirst("\\.zip$", "");
    try (var file = new ZipFile(zip.toFile())) {
      List<String> names = file.stream().map(ZipEntry::getName).toList();
      assertThat(names).allMatch(name -> name.startsWith(top + "/"));
      assertThat(names).contains(top + "/manifest.json");
      assertThat(names).anyMatch(name -> name.startsWith(top + "/doc/LICENSE"));
      assertThat(names).anyMatch(name -> name.matches(top + "/etc/.*\\.json"));
      assertThat(names).anyMatch(name -> name.matches(top + "/etc/.*\\.properties"));
      List<String> jars =
          names.stream()
              .filter(name -> name.endsWith(".jar"))
              .map(name -> name.substring((top + "/lib/").length()))
              .toList();
      assertThat(jars).anyMatch(name -> name.startsWith(module));
      String notice = text(file, top + "/doc/NOTICE");
      assertThat(jars)
          .allSatisfy(jar -> assertThat(notice).contains(jar.replaceFirst("-\\d.*", "")));
      assertThat(text(file, top + "/doc/README.md")).contains("## Install");
      assertThat(text(file, top + "/doc/configuration.md")).contains("| key |");
      assertThat(jars)
          .noneMatch(
              name ->
                  Stream.of("kafka", "connect-api", "connect-json", "slf4j", "logback", "rocksdb")
                      .anyMatch(name.toLowerCase(Locale.ROOT)::startsWith));
      JsonNode manifest = json(file, top + "/manifest.json");
      assertThat(top)
          .isEqualTo(
              manifest.at("/owner/username").asText()
                  + "-"
                  + manifest.path("name").asText()
                  + "-"
                  + manifest.path("version").asText());
      for (String member : List.of("title", "description", "component_types", "license", "tags")) {
        assertThat(manifest.path(member).toString()).as(member).hasSizeGreaterThan(4);
      }
      assertThat(manifest.path("version").asText()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
      assertThat(manifest.at("/features/delivery_guarantee").toString()).contains("exactly_once");
    }
    assertThat(Files.size(zip)).isLessThan(BYTES_MAX);
    assertThat(services(HOME.resolve(module + "/target/plugin/" + top), module)).contains(service);
  }

  private static Path zip(String module) throws IOException {
    try (Stream<Path> files = Files.list(HOME.resolve(module + "/target/plugin"))) {
      List<Path> zips =
          files.filter(file -> file.toString().endsWith(".zip")).collect(Collectors.toList());
      assertThat(zips).hasSize(1);
      return zips.get(0);
    }
  }

  private static List<String> services(Path plugin, String module) throws IOException {
    try (Stream<Path> files = Files.walk(plugin)) {
      Path jar =
          files
              .filter(file -> file.getFileName().toString().matches(module + ".*\\.jar"))
              .findFirst()
              .orElseThrow();
      try (var file = new ZipFile(jar.toFile())) {
        return file.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.startsWith("META-INF/services/"))
            .map(name -> name.substring("META-INF/services/".length()))
            .toList();
      }
    }
  }

  private static String text(ZipFile file, String name) throws IOException {
    try (InputStream in = file.getInputStream(file.getEntry(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static JsonNode json(ZipFile file, String name) throws IOException {
    try (InputStream in = file.getInputStream(file.getEntry(name))) {
      return new ObjectMapper().readTree(in);
    }
  }
}
