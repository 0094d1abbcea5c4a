package io.defradb.db.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.document.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondTextTest {
  private final SecondText seconds = new SecondText();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05.100Z",
        "2026-01-02T03:04:05.000456Z",
        "2026-01-02T03:04:05.000000007Z",
        "+12026-01-02T03:04:05.5Z",
        "-0001-01-02T03:04:05.5Z"
      })
  void givenATime_whenPrintedTwice_thenItReadsAsInstantPrintsIt(String text) {
    Instant time = Instant.parse(text);
    for (int i = 0; i < 2; i++) {
      var json = new JsonWriter();
      seconds.write(time, json);
      assertThat(new String(json.toBytes(), StandardCharsets.UTF_8)).isEqualTo("\"" + time + "\"");
    }
  }
}
