package io.defradb.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestLogTest {
  @ParameterizedTest
  @CsvSource({
    "7,7ns",
    "49400,49.4µs",
    "1000,1µs",
    "1050,1.05µs",
    "1250000,1.25ms",
    "1000499,1ms",
    "1000500,1.001ms",
    "2500000000,2.5s",
    "61000000000,61s"
  })
  void givenATime_whenLogged_thenItHasThreeDigitsBehindThePointAtMost(long nanos, String text) {
    assertThat(RequestLog.duration(nanos)).isEqualTo(text);
  }
}
