package io.defradb.lens;

import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One running module. It exports {@code memory}, {@code alloc(bytes) -> address}, {@code
 * transform() -> address} and perhaps {@code inverse} and {@code set_param(address) -> address}; it
 * imports {@code lens.next() -> address}, which gives the next item to work on. For one thread.
 *
 * <p>An item in its memory:
 *
 * <pre>
 * type i8 | length u32le | bytes
 * type: -1 error (bytes: text), 0 nil and 127 end of stream (both alone), 1 JSON
 * </pre>
 */
final class LensInstance implements ItemSource {
  private static final byte NIL = 0;
  private static final byte JSON = 1;
  private static final byte END = 127;
  private static final int HEADER_BYTES = 1 + Integer.BYTES;
  private static final byte[] NULL_ITEM = "null".getBytes(StandardCharsets.US_ASCII);

  private final LensLimits limits;
  private final CallTimer timer;
  private final ItemSource source;
  private final Instance instance;
  private final Memory memory;
  private final ExportFunction alloc;
  private final ExportFunction transform;

  LensInstance(
      ModuleLoader.Compiled compiled,
      LensConfig.Module config,
      ItemSource source,
      LensLimits limits,
      CallTimer timer) {
    this.limits = limits;
    this.timer = timer;
    this.source = source;
    this.instance = timed(() -> instantiate(compiled));
    this.memory = found("memory", instance::memory);
    this.alloc = function("alloc");
    this.transform = function(config.isInverse() ? "inverse" : "transform");
    if (!config.argumentsJson().equals("{}") && !config.argumentsJson().equals("null")) {
      setArguments(config.argumentsJson());
    }
  }

  private Instance instantiate(ModuleLoader.Compiled compiled) {
    var next =
        new HostFunction(
            "lens",
            "next",
            FunctionType.of(List.of(), List.of(ValType.I32)),
            (caller, arguments) -> new long[] {pull()});
    return Instance.builder(compiled.module())
        .withImportValues(ImportValues.builder().addFunction(next).build())
        .withMemoryLimits(compiled.memory())
        .withMachineFactory(compiled.machines())
        .build();
  }

  private ExportFunction function(String name) {
    return found(name, () -> instance.export(name));
  }

  private static <T> T found(String name, Supplier<@Nullable T> export) {
    T found;
    try {
      found = export.get();
    } catch (ChicoryException e) {
      found = null;
    }
    if (found == null) {
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, "Export `" + name + "` does not exist");
    }
    return found;
  }

  private void setArguments(String json) {
    ExportFunction setParam = function("set_param");
    timed(
        () -> {
          long at = write(JSON, json.getBytes(StandardCharsets.UTF_8));
          return read((int) setParam.apply(at)[0]);
        });
  }

  @Override
  public byte @Nullable [] next() {
    return timed(() -> read((int) transform.apply()[0]));
  }

  /** Called by the module, from inside {@link #next}: its time stands still meanwhile. */
  private long pull() {
    byte[] item;
    if (timer.leave()) {
      throw timeIsUp(null);
    }
    try {
      item = source.next();
    } finally {
      timer.enter();
    }
    return item == null ? write(END, new byte[0]) : write(JSON, item);
  }

  private long write(byte type, byte[] item) {
    if (item.length > limits.itemBytesMax()) {
      throw tooLarge();
    }
    boolean isBare = type == END;
    int bytes = isBare ? 1 : HEADER_BYTES + item.length;
    int at = (int) alloc.apply(bytes)[0];
    ByteBuffer written = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN).put(type);
    if (!isBare) {
      written.putInt(item.length).put(item);
    }
    memory.write(at, written.array());
    return at;
  }

  /** Throws the module's own text where it wrote an error. */
  private byte @Nullable [] read(int at) {
    byte type = memory.read(at);
    if (type == END) {
      return null;
    }
    if (type == NIL) {
      return NULL_ITEM;
    }
    int length = memory.readInt(at + 1);
    if (length < 0 || length > limits.itemBytesMax()) {
      throw tooLarge();
    }
    byte[] item = memory.readBytes(at + HEADER_BYTES, length);
    if (type < 0) {
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT, new String(item, StandardCharsets.UTF_8));
    }
    return item;
  }

  private DefraException tooLarge() {
    return new DefraException(
        ErrorCode.TOO_LARGE, "item of a lens is too large", "MaxBytes", limits.itemBytesMax());
  }

  private DefraException timeIsUp(@Nullable Throwable cause) {
    return new DefraException(
        ErrorCode.TOO_LARGE,
        "lens took too long",
        Map.of("MaxMillis", limits.callMillisMax()),
        cause);
  }

  /** Whatever a module does wrong inside {@code call} comes out as a DefraException. */
  private <T extends @Nullable Object> T timed(Supplier<T> call) {
    timer.enter();
    boolean isTimeUp = false;
    try {
      return call.get();
    } catch (ChicoryException | IndexOutOfBoundsException | StackOverflowError e) {
      isTimeUp = timer.leave();
      if (isTimeUp) {
        throw timeIsUp(e);
      }
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT, "lens module failed: " + e.getMessage(), e);
    } finally {
      timer.leave();
    }
  }
}
