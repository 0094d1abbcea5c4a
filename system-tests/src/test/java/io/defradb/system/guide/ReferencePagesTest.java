package io.defradb.system.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Types every example of every page in {@code docs/reference}, in order. */
class ReferencePagesTest {
  private static final Path FOLDER = Newcomer.CHECKOUT.resolve("docs/reference");

  @TempDir Path home;

  static List<String> pages() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void givenAPage_whenEveryExampleIsTyped_thenItAnswersAsItSays(String page) throws Exception {
    List<Example> examples = Example.all(Files.readString(FOLDER.resolve(page)));
    assertThat(examples).isNotEmpty();
    Files.writeString(home.resolve(".env"), "DEFRA_KEYRING_SECRET=a secret\n");
    try (var newcomer = new Newcomer(home)) {
      var reader = new Reader(newcomer);
      for (Example example : examples) {
        reader.type(example);
      }
    }
  }

  @Test
  void givenAllPages_thenEveryFenceIsOfAKindThatIsTyped() throws IOException {
    for (String page : pages()) {
      String text = Files.readString(FOLDER.resolve(page));
      long fences = text.lines().filter(line -> line.strip().startsWith("```")).count();
      assertThat(2L * Example.all(text).size()).as(page).isEqualTo(fences);
    }
  }
}
