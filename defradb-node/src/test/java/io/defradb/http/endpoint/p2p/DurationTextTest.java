package io.defradb.http.endpoint.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "5s, PT5S",
    "9.99s, PT9.99S",
    "1m30s, PT1M30S",
    "250ms, PT0.25S",
    ".5h, PT30M",
    "1µs, PT0.000001S",
    "0, PT0S"
  })
  void givenUnits_whenRead_thenTheyAreAdded(String text, Duration expected) {
    assertThat(DurationText.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "zz, time: invalid duration \"zz\"",
    "-1s, time: invalid duration \"-1s\"",
    "5, time: missing unit in duration \"5\"",
    "5x, time: unknown unit \"x\" in duration \"5x\"",
    "9999999999h, time: invalid duration \"9999999999h\""
  })
  void givenNoDuration_whenRead_thenTheFaultIsNamed(String text, String fault) {
    assertThatThrownBy(() -> DurationText.parse(text)).hasMessage(fault);
  }
}
