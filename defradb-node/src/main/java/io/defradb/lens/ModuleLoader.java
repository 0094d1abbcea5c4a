package io.defradb.lens;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads modules and compiles them to bytecode, and keeps the last ones. Safe for use by many
 * threads; one loads at a time.
 */
final class ModuleLoader {
  private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(30);

  private final LensLimits limits;
  private final Map<String, Compiled> byPath = new LinkedHashMap<>(16, 0.75f, true);

  ModuleLoader(LensLimits limits) {
    this.limits = limits;
  }

  /** {@code memory}: what an instance gets; of a module without one, the least there is. */
  record Compiled(WasmModule module, Function<Instance, Machine> machines, MemoryLimits memory) {}

  synchronized Compiled load(String path) {
    Compiled known = byPath.get(path);
    if (known != null) {
      return known;
    }
    Compiled compiled = compile(read(path));
    byPath.put(path, compiled);
    if (byPath.size() > limits.modulesMax()) {
      byPath.remove(byPath.keySet().iterator().next());
    }
    return compiled;
  }

  synchronized void forget() {
    byPath.clear();
  }

  private Compiled compile(byte[] wasm) {
    try {
      WasmModule module = Parser.parse(wasm);
      MemoryLimits memory = memory(module);
      checkTables(module);
      return new Compiled(
          module,
          MachineFactoryCompiler.builder(module)
              .withInterpreterFallback(InterpreterFallback.SILENT)
              .compile(),
          memory);
    } catch (ChicoryException | IllegalArgumentException e) {
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT, "invalid lens module: " + e.getMessage(), e);
    }
  }

  private MemoryLimits memory(WasmModule module) {
    int initial = 0;
    int greatest = limits.memoryPagesMax();
    var section = module.memorySection();
    if (section.isPresent() && section.get().memoryCount() > 0) {
      MemoryLimits declared = section.get().getMemory(0).limits();
      initial = declared.initialPages();
      greatest = Math.min(greatest, declared.maximumPages());
    }
    if (initial > limits.memoryPagesMax()) {
      throw tooLarge("memory pages", limits.memoryPagesMax());
    }
    return new MemoryLimits(initial, Math.max(greatest, initial));
  }

  private void checkTables(WasmModule module) {
    for (int i = 0; i < module.tableSection().tableCount(); i++) {
      if (module.tableSection().getTable(i).limits().min() > limits.tableEntriesMax()) {
        throw tooLarge("table entries", limits.tableEntriesMax());
      }
    }
  }

  private byte[] read(String path) {
    try {
      URI uri = URI.create(path);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      return switch (scheme) {
        case "file" -> readFile(uri, path);
        case "http", "https" -> fetch(uri);
        default -> throw invalidPath(path);
      };
    } catch (IllegalArgumentException e) {
      throw invalidPath(path);
    }
  }

  private static DefraException invalidPath(String path) {
    return new DefraException(ErrorCode.INVALID_ARGUMENT, "invalid module path: " + path);
  }

  private byte[] readFile(URI uri, String path) {
    if (uri.getPath() == null) {
      throw invalidPath(path);
    }
    Path file = Path.of(uri.getPath());
    try (InputStream in = Files.newInputStream(file)) {
      return bounded(in);
    } catch (IOException e) {
      boolean isMissing = !Files.exists(file);
      String reason = isMissing ? "no such file or directory" : "cannot be read";
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, "open " + file + ": " + reason, e);
    }
  }

  /** A client for each: modules are fetched once, and idle threads would stay. */
  private byte[] fetch(URI uri) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(FETCH_TIMEOUT).build();
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(FETCH_TIMEOUT).build();
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        return bounded(in);
      }
    } catch (IOException e) {
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT, "lens module cannot be fetched", Map.of("URL", uri), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DefraException(ErrorCode.BUSY, "interrupted while fetching a lens module", e);
    }
  }

  private byte[] bounded(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(limits.moduleBytesMax() + 1);
    if (bytes.length > limits.moduleBytesMax()) {
      throw tooLarge("bytes", limits.moduleBytesMax());
    }
    return bytes;
  }

  private static DefraException tooLarge(String what, int max) {
    return new DefraException(
        ErrorCode.TOO_LARGE, "lens module is too large", "Limit", what, "Max", max);
  }
}
