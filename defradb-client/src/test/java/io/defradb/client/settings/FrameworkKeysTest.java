package io.defradb.client.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FrameworkKeysTest {
  private static final List<String> OWN = List.of("errors.max.retries");

  @Test
  void givenAKeyNearlyTheFrameworksOrOurs_whenAsked_thenItIsKnownWhatWasMeant() {
    assertThat(FrameworkKeys.meant("errors.tolerence", OWN)).contains("errors.tolerance");
    assertThat(FrameworkKeys.meant("errors.max.retires", OWN)).contains("errors.max.retries");
    assertThat(FrameworkKeys.meant("consumer.override.auto.ofset.reset", OWN))
        .contains("consumer.override.auto.offset.reset");
  }

  @Test
  void givenTheFrameworksKeysOfTodayOrTomorrow_whenAsked_thenNothingElseWasMeant() {
    for (String key :
        List.of(
            "errors.tolerance",
            "errors.max.retries",
            "errors.deadletterqueue.topic.partitions",
            "transforms.route.type",
            "key.converter.schemas.enable",
            "topic.creation.default.cleanup.policy",
            "topic.creation.default.partitions",
            "topic.creation.defaults.partitions",
            "producer.override.linger.ms")) {
      assertThat(FrameworkKeys.meant(key, OWN)).isEmpty();
    }
  }
}
