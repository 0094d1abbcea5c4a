package io.defradb.client.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  @Test
  void givenATypingMistake_whenAsked_thenTheMeantNameComesBack() {
    assertThat(NearestName.of("batch.sise", List.of("batch.size", "max.size")))
        .contains("batch.size");
  }

  @Test
  void givenAForeignName_whenAsked_thenNothingIsGuessed() {
    assertThat(NearestName.of("colour", List.of("batch.size", "max.size"))).isEmpty();
  }
}
