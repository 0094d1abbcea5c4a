package io.defradb.benchmarks.peer;

import io.defradb.error.DefraException;
import io.defradb.libp2p.host.NetworkHost;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.host.StreamReader;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.multiformats.Bytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How many megabytes (2^20 bytes) a second does one stream carry, by TCP on loopback, Noise and
 * yamux, and how many with js-libp2p on either side?
 *
 * <p>Sender and receiver are processes of their own; 65,536 zero bytes at a time, 256 MB a round,
 * the best of {@value #ROUNDS} rounds, of which the first ones warm up. Command: {@code java -cp
 * 'benchmarks/target/benchmarks.jar:benchmarks/target/lib/*' io.defradb.benchmarks.peer.StreamRate
 * [FOLDER]}; the folder has js-libp2p in its {@code node_modules}, as {@code
 * defradb-node/target/js-peer} after the tests. Without it only this stack is measured.
 */
public final class StreamRate {
  private static final String PROTOCOL = "/rate/1.0.0";
  private static final int MEGABYTES = 256;
  private static final int ROUNDS = 6;
  private static final Bytes CHUNK = Bytes.wrap(new byte[1 << 16]);
  private static final Bytes ALL_IS_HERE = Bytes.wrap(new byte[1]);

  private StreamRate() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    switch (arguments.length == 0 ? "" : arguments[0]) {
      case "receive" -> receive();
      case "send" -> send(PeerAddresses.parse(arguments[1]));
      default -> compare(arguments.length == 0 ? null : Path.of(arguments[0]));
    }
  }

  private static void compare(@Nullable Path jsFolder) throws IOException, InterruptedException {
    List<List<String>> sides = new ArrayList<>();
    sides.add(java());
    if (jsFolder != null) {
      sides.add(js(jsFolder));
    }
    for (List<String> receiver : sides) {
      for (List<String> sender : sides) {
        System.out.printf(
            Locale.ROOT,
            "%s to %s: %.0f MB/s%n",
            Path.of(sender.get(0)).getFileName(),
            Path.of(receiver.get(0)).getFileName(),
            Collections.max(measure(sender, receiver)));
      }
    }
  }

  private static List<String> java() {
    return List.of(
        ProcessHandle.current().info().command().orElse("java"),
        "-Xmx256m",
        "-cp",
        System.getProperty("java.class.path"),
        StreamRate.class.getName());
  }

  private static List<String> js(Path folder) throws IOException {
    Path script = folder.resolve("stream-rate.mjs").toAbsolutePath();
    try (InputStream content = StreamRate.class.getResourceAsStream("/js/stream-rate.mjs")) {
      Files.copy(content, script, StandardCopyOption.REPLACE_EXISTING);
    }
    return List.of("node", script.toString());
  }

  private static List<Double> measure(List<String> sender, List<String> receiver)
      throws IOException, InterruptedException {
    Process receiving = start(receiver, "receive");
    try (BufferedReader said = receiving.inputReader()) {
      Process sending =
          start(
              sender,
              "send",
              said.readLine(),
              Integer.toString(MEGABYTES),
              Integer.toString(ROUNDS));
      List<Double> rates = sending.inputReader().lines().map(Double::valueOf).toList();
      sending.waitFor();
      return rates;
    } finally {
      receiving.destroy();
      receiving.waitFor();
    }
  }

  private static Process start(List<String> command, String... arguments) throws IOException {
    List<String> line = new ArrayList<>(command);
    line.addAll(List.of(arguments));
    return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  // One side.

  private static void receive() throws IOException {
    try (MeasuredHost measured = new MeasuredHost()) {
      NetworkHost host = measured.host();
      host.handle(List.of(PROTOCOL), stream -> stream.read(new Sink(stream)));
      System.out.println(measured.listen());
      while (System.in.read() >= 0) {
        // until whoever started this one is gone
      }
    }
  }

  private static void send(PeerAddresses target) {
    try (MeasuredHost measured = new MeasuredHost()) {
      measured.host().connect(target).toCompletableFuture().join();
      for (int i = 0; i < ROUNDS; i++) {
        Stream stream =
            measured.host().open(target.id(), List.of(PROTOCOL)).toCompletableFuture().join();
        var done = new CompletableFuture<Void>();
        long begin = System.nanoTime();
        stream.read(new Answer(done));
        write(stream, MEGABYTES * 16);
        done.join();
        System.out.println(MEGABYTES / ((System.nanoTime() - begin) / 1e9));
      }
    }
  }

  private static void write(Stream stream, int chunks) {
    if (chunks == 0) {
      stream.closeWrite();
    } else {
      stream.write(CHUNK).thenRun(() -> write(stream, chunks - 1));
    }
  }

  /** Throws away what comes, and says when that was all. */
  private record Sink(Stream stream) implements StreamReader {
    @Override
    public void data(Bytes bytes) {}

    @Override
    public void end() {
      stream.write(ALL_IS_HERE);
      stream.closeWrite();
    }

    @Override
    public void failed(DefraException failure) {}
  }

  private record Answer(CompletableFuture<Void> done) implements StreamReader {
    @Override
    public void data(Bytes bytes) {}

    @Override
    public void end() {
      done.complete(null);
    }

    @Override
    public void failed(DefraException failure) {
      done.completeExceptionally(failure);
    }
  }
}
