package io.defradb.system.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every schema of {@code examples/schema}: added to a node, written and queried as its page says.
 */
class ExampleSchemasTest {
  private static final Path FOLDER = Newcomer.CHECKOUT.resolve("examples/schema");

  @TempDir Path home;

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(FOLDER)) {
      return all.sorted().toList();
    }
  }

  @Test
  void givenTheExamples_whenTyped_thenEachAnswersAsItsPageSays() throws Exception {
    Path beside = Files.createDirectories(home.resolve("examples/schema"));
    for (Path file : files()) {
      Files.copy(file, beside.resolve(file.getFileName()));
    }
    try (var newcomer = new Newcomer(home)) {
      var reader = new Reader(newcomer);
      for (Example example : Example.all(Files.readString(FOLDER.resolve("README.md")))) {
        reader.type(example);
      }
    }
  }

  @Test
  void givenAnySchemaFile_thenItsPageAddsIt() throws IOException {
    String page = Files.readString(FOLDER.resolve("README.md"));
    assertThat(files()).hasSizeGreaterThan(6);
    for (Path path : files()) {
      String file = path.getFileName().toString();
      if (!file.equals("README.md")) {
        assertThat(page).contains("schema add -f examples/schema/" + file);
      }
    }
  }
}
