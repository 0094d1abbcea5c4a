package io.defradb.lens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.error.DefraException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What modules may do, and what becomes of those that do more. */
class LensEngineTest {
  private static final LensLimits LIMITS = limits(120_000);
  private static final LensLimits SHORT = limits(500);

  @TempDir Path folder;
  private final ScheduledExecutorService alarm = Executors.newScheduledThreadPool(1);
  private final LensEngine engine = new LensEngine(LIMITS, alarm);

  private static LensLimits limits(long callMillisMax) {
    return new LensLimits(1 << 20, 16, 100, 1 << 16, callMillisMax, 2);
  }

  @AfterEach
  void stop() {
    alarm.shutdownNow();
  }

  private LensConfig.Module module(String name, byte[] wasm, boolean isInverse, String arguments) {
    return new LensConfig.Module(LensModules.write(folder, name, wasm), isInverse, arguments);
  }

  private List<String> run(LensConfig lens, String... items) {
    return run(engine, lens, items);
  }

  private static List<String> run(LensEngine engine, LensConfig lens, String... items) {
    Iterator<String> given = List.of(items).iterator();
    ItemSource out =
        engine.open(
            lens, () -> given.hasNext() ? given.next().getBytes(StandardCharsets.UTF_8) : null);
    var made = new ArrayList<String>();
    for (byte[] item = out.next(); item != null; item = out.next()) {
      made.add(new String(item, StandardCharsets.UTF_8));
    }
    return made;
  }

  private void assertRefused(byte[] wasm, String text) {
    engine.reload(); // another module under the same path
    var lens = new LensConfig(List.of(module("hostile", wasm, false, "{}")));
    assertThatThrownBy(() -> run(lens, "{\"a\":1}"))
        .isInstanceOf(DefraException.class)
        .hasMessageContaining(text);
  }

  @Test
  void givenSeveralModules_whenRun_thenItemsGoThroughAllOfThemInOrder() {
    byte[] merging = LensModules.merging();
    var lens =
        new LensConfig(
            List.of(
                module("m", merging, false, "{\"first\":1}"),
                module("m", merging, false, "{\"second\":2}")));
    assertThat(run(lens, "{\"a\":1}", "{\"b\":2}"))
        .containsExactly(
            "{\"second\":2,\"first\":1,\"a\":1}", "{\"second\":2,\"first\":1,\"b\":2}");
    assertThat(run(lens.inverted(), "{\"a\":1}"))
        .containsExactly("{\"undone\":true,\"undone\":true,\"a\":1}");
  }

  @Test
  void givenAModuleThatDrops_whenRun_thenTheOthersAreLeft() {
    var lens = new LensConfig(List.of(module("s", LensModules.everySecond(), false, "{}")));
    assertThat(run(lens, "{\"a\":1}", "{\"a\":2}", "{\"a\":3}", "{\"a\":4}"))
        .containsExactly("{\"a\":2}", "{\"a\":4}");
  }

  @Test
  void givenModulesThatHarm_whenRun_thenTheyAreStoppedAndTheThreadGoesOn() {
    assertRefused(LensModules.failing(), "no such thing");
    assertRefused(LensModules.recursive(), "lens module failed");
    assertRefused(LensModules.outOfBounds(), "lens module failed");
    assertRefused(LensModules.boasting(), "item of a lens is too large");
    assertRefused(LensModules.greedy(), "lens module is too large");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void givenAModuleWithoutEnd_whenItsTimeIsUp_thenItIsStoppedAndTheThreadGoesOn() {
    var lens = new LensConfig(List.of(module("endless", LensModules.endless(), false, "{}")));

    assertThatThrownBy(() -> run(new LensEngine(SHORT, alarm), lens, "{\"a\":1}"))
        .isInstanceOf(DefraException.class)
        .hasMessageContaining("lens took too long. MaxMillis: 500");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void givenWhatIsNoModule_whenOpened_thenItIsRefused() {
    assertRefused(new byte[] {1, 2, 3}, "invalid lens module");
    assertRefused(new byte[LIMITS.moduleBytesMax() + 1], "lens module is too large");
    var oneWay = module("one", LensModules.oneWay(), true, "{\"a\":1}");
    assertThatThrownBy(() -> run(new LensConfig(List.of(oneWay))))
        .hasMessage("Export `inverse` does not exist");
    var nowhere = new LensConfig.Module("ftp://x/y", false, "{}");
    assertThatThrownBy(() -> run(new LensConfig(List.of(nowhere))))
        .hasMessage("invalid module path: ftp://x/y");
    var missing = new LensConfig.Module("file:///no/such.wasm", false, "{}");
    assertThatThrownBy(() -> run(new LensConfig(List.of(missing))))
        .hasMessage("open /no/such.wasm: no such file or directory");
  }

  @Test
  void givenALens_whenWrittenAndRead_thenItIsTheSame() {
    var lens =
        new LensConfig(
            List.of(new LensConfig.Module("file:///a.wasm", true, "{\"n\":9007199254740993}")));
    assertThat(LensConfig.parse(lens.toJson())).isEqualTo(lens);
    assertThat(LensConfig.parse("{\"lenses\":[{\"path\":\"p\"}]}").modules())
        .containsExactly(new LensConfig.Module("p", false, "null"));
  }
}
