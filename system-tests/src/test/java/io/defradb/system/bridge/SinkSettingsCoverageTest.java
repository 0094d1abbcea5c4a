package io.defradb.system.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.connect.sink.DefraSinkConnector;
import java.lang.reflect.Method;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** No setting of the sink without a test that sees its effect in a worker. */
class SinkSettingsCoverageTest {
  private static final List<Class<?>> TESTS =
      List.of(
          SinkSettingsSystemTest.class,
          SinkNodeSystemTest.class,
          SinkRecordsSystemTest.class,
          SinkSystemTest.class,
          SourceAccessSystemTest.class,
          SinkDeadLettersSystemTest.class);

  @Test
  void everySettingIsCoveredByATestInAWorker() {
    var covered = new TreeSet<String>();
    for (Class<?> test : TESTS) {
      for (Method method : test.getDeclaredMethods()) {
        Covers covers = method.getAnnotation(Covers.class);
        if (covers != null) {
          assertThat(method.isAnnotationPresent(Test.class)).isTrue();
          covered.addAll(List.of(covers.value()));
        }
      }
    }
    assertThat(covered).isEqualTo(new TreeSet<>(new DefraSinkConnector().config().names()));
  }
}
