package io.defradb.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.error.DefraException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private final AtomicInteger freed = new AtomicInteger();
  private final Lease lease = new Lease("closed", freed::incrementAndGet);

  @Test
  void itIsFreedAtOnceWhenNobodyUsesIt() {
    lease.close();
    lease.close();
    assertThat(freed).hasValue(1);
    assertThatThrownBy(lease::acquire).isInstanceOf(DefraException.class).hasMessage("closed");
    assertThat(freed).hasValue(1);
  }

  @Test
  void itIsFreedByTheLastUser() {
    lease.acquire();
    lease.acquire();
    lease.close();
    assertThatThrownBy(lease::acquire).isInstanceOf(DefraException.class);
    lease.release();
    assertThat(freed).hasValue(0);
    lease.release();
    assertThat(freed).hasValue(1);
  }

  /** Many users race with the close: none is ever inside after it was freed. */
  @Test
  void nobodyIsInsideAfterItWasFreed() {
    for (int round = 0; round < 300; round++) {
      var isFreed = new AtomicBoolean();
      var contested = new Lease("closed", () -> assertThat(isFreed.getAndSet(true)).isFalse());
      CompletableFuture<?>[] users = new CompletableFuture<?>[3];
      for (int i = 0; i < users.length; i++) {
        users[i] = CompletableFuture.runAsync(() -> use(contested, isFreed));
      }
      contested.close();
      CompletableFuture.allOf(users).join();
      assertThat(isFreed).isTrue();
    }
  }

  private static void use(Lease contested, AtomicBoolean isFreed) {
    try {
      for (int i = 0; i < 200; i++) {
        contested.acquire();
        assertThat(isFreed).isFalse();
        contested.release();
      }
    } catch (DefraException closed) {
      assertThat(closed).hasMessage("closed");
    }
  }
}
