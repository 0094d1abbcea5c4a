package io.defradb.system.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.connect.source.DefraSourceConnector;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every key that the source has is shown at work by a test in a real worker. */
class SourceSettingsTableTest {
  private static final List<Class<?>> TESTS =
      List.of(
          SourceSettingsSystemTest.class,
          SourceTopicsSystemTest.class,
          SourceSignalsSystemTest.class,
          SourceSnapshotSystemTest.class,
          SourceAccessSystemTest.class,
          SourceSystemTest.class);

  @Test
  void everyKeyHasATestInAWorkerAndNoTestProvesAKeyThatIsGone() {
    var rows = new TreeMap<String, String>();
    for (Class<?> type : TESTS) {
      for (Method method : type.getDeclaredMethods()) {
        Proves proves = method.getAnnotation(Proves.class);
        boolean isTest = method.isAnnotationPresent(Test.class);
        if (proves != null && isTest) {
          Arrays.stream(proves.value())
              .forEach(key -> rows.put(key, type.getSimpleName() + "." + method.getName()));
        }
      }
    }
    Set<String> keys = new DefraSourceConnector().config().names();
    assertThat(rows.keySet()).containsExactlyInAnyOrderElementsOf(keys);
  }
}
