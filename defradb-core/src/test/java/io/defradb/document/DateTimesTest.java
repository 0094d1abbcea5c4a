package io.defradb.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateTimesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2017-07-23T03:46:56Z|2017-07-23T03:46:56Z",
        "2017-07-23T03:46:56.000-00:00|2017-07-23T03:46:56Z",
        "2017-07-23T03:46:56,1234567899+05:30|2017-07-23T03:46:56.123456789+05:30",
        "2017-07-23T3:46:56.10Z|2017-07-23T03:46:56.1Z",
        "0000-01-01T00:00:00Z|0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59-24:00|9999-12-31T23:59:59-24:00"
      })
  void givenADateTime_whenMadeCanonical_thenOffsetStaysAndTrailingZerosGo(
      String text, String expected) {
    assertThat(DateTimes.canonical(text)).isEqualTo(expected);
    assertThat(DateTimes.canonical(expected)).isEqualTo(expected);
    assertThat(DateTimes.compare(text, expected)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2023-02-29T00:00:00Z|day out of range",
        "2023-13-01T00:00:00Z|month out of range",
        "2023-01-01T00:00:00+25:00|time zone offset hour out of range",
        "2023-01-01T00:00:00Zx|extra text: \"x\"",
        "2023-01-01t00:00:00Z|cannot parse \"t00:00:00Z\" as \"T\"",
        "日|cannot parse \"\\xe6\\x97\\xa5\" as \"2006\""
      })
  void givenWhatIsNoDateTime_whenMadeCanonical_thenTheErrorSaysWhy(String text, String error) {
    assertThatThrownBy(() -> DateTimes.canonical(text)).hasMessageEndingWith(error);
  }

  @Test
  void givenDifferentOffsets_whenCompared_thenTheInstantDecides() {
    assertThat(DateTimes.compare("2020-01-01T00:00:00-05:00", "2020-01-01T01:00:00Z")).isPositive();
    assertThat(DateTimes.instant("2020-01-01T00:00:00.5+01:00"))
        .isEqualTo(Instant.parse("2019-12-31T23:00:00.5Z"));
  }
}
