package io.defradb.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.http.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConsoleFileTest {
  private static final Pattern LINK =
      Pattern.compile("(?:href|src)=\"/console/([^\"]+)\"|from '\\./([^']+)'");

  @Test
  void givenThePage_whenItsLinksAreFollowed_thenEveryFileIsThere() {
    Set<String> found = new HashSet<>();
    var open = new ArrayDeque<String>(Set.of("index.html"));
    while (!open.isEmpty()) {
      String name = open.remove();
      if (found.add(name)) {
        Answer answer = ConsoleFile.answer(name);
        assertThat(answer.status()).as(name).isEqualTo(200);
        Matcher links = LINK.matcher(text(answer));
        while (links.find()) {
          open.add(links.group(1) == null ? links.group(2) : links.group(1));
        }
      }
    }
    assertThat(found).contains("graphiql.js", "react-dom.js", "history.js", "dom.js").hasSize(15);
  }

  @Test
  void givenANameThatIsNoneOfItsFiles_whenAsked_thenThereIsNothing() {
    assertThat(ConsoleFile.answer("../index.html").status()).isEqualTo(404);
    assertThat(ConsoleFile.answer("package-info.class").status()).isEqualTo(404);
  }

  private static String text(Answer answer) {
    return new String(((Answer.Whole) answer).bytes(), StandardCharsets.UTF_8);
  }
}
