package io.defradb.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SpaceGuardTest {
  private final AtomicLong usable = new AtomicLong(1000);
  private final AtomicInteger looks = new AtomicInteger();
  private final SpaceGuard guard =
      new SpaceGuard(
          () -> {
            looks.incrementAndGet();
            return usable.get();
          },
          500);

  @Test
  void writesAreRefusedBelowTheReserveAndGoOnOnceThereIsSpace() {
    usable.set(499);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> guard.check(10))
          .isInstanceOfSatisfying(
              DefraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FULL));
    }
    usable.set(1000);
    assertThatCode(() -> guard.check(10)).doesNotThrowAnyException();
  }

  @Test
  void looksOnceInManyBytes() {
    for (int i = 0; i < 1000; i++) {
      guard.check(100);
    }
    assertThat(looks).hasValue(1);
  }
}
