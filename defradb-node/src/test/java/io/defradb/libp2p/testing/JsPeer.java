package io.defradb.libp2p.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A js-libp2p peer in a process of its own, told what to do by lines of JSON ({@code
 * js-peer/peer.mjs}). Where Node or npm are missing, or the packages cannot be had, the test that
 * wants one is skipped and says so. Not safe for use by many threads.
 */
public final class JsPeer implements AutoCloseable {
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "peer.mjs");
  private static final long INSTALL_SECONDS = 180;
  private static final long ANSWER_SECONDS = 120;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static boolean isInstallable = true; // what has failed once is not tried again

  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter commands;
  private final PeerAddresses addresses;

  private JsPeer(Process process) throws IOException {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    JsonNode start = answer();
    this.addresses = PeerAddresses.parse(start.get("addresses").get(0).asText());
  }

  public static JsPeer start() throws IOException, InterruptedException {
    Path directory = installed();
    Process process =
        new ProcessBuilder("node", "peer.mjs")
            .directory(directory.toFile())
            .redirectError(directory.resolve("errors.log").toFile())
            .start();
    return new JsPeer(process);
  }

  /** The packages, at the versions of the lock file, once a build directory. */
  private static synchronized Path installed() throws IOException, InterruptedException {
    assumeTrue(isThere("node"), "Node.js is not installed");
    assumeTrue(isThere("npm"), "npm is not installed");
    Path directory = Files.createDirectories(Path.of("target", "js-peer").toAbsolutePath());
    for (String file : FILES) {
      try (InputStream content = JsPeer.class.getResourceAsStream("/js-peer/" + file)) {
        Files.copy(content, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (!Files.exists(directory.resolve("node_modules/.package-lock.json"))) {
      isInstallable =
          isInstallable
              && runs(
                  directory, "npm", "ci", "--ignore-scripts", "--no-audit", "--fetch-retries=1");
      assumeTrue(isInstallable, "the packages of js-libp2p cannot be installed");
    }
    return directory;
  }

  private static boolean isThere(String program) throws InterruptedException {
    try {
      return runs(Path.of("").toAbsolutePath(), program, "--version");
    } catch (IOException missing) {
      return false;
    }
  }

  private static boolean runs(Path directory, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return false;
    }
    return process.exitValue() == 0;
  }

  public PeerId id() {
    return addresses.id();
  }

  public PeerAddresses addresses() {
    return addresses;
  }

  /** Does a command and waits for its answer; a failure there is one here. */
  public JsonNode call(String command, Map<String, ?> arguments) throws IOException {
    ObjectNode line = JSON.valueToTree(arguments);
    commands.write(line.put("do", command).toString());
    commands.newLine();
    commands.flush();
    JsonNode answer = answer();
    if (answer.has("error")) {
      throw new AssertionError(command + ": " + answer.get("error").asText());
    }
    return answer;
  }

  private JsonNode answer() throws IOException {
    String line;
    try {
      line =
          CompletableFuture.supplyAsync(() -> answers.lines().findFirst().orElse(""))
              .get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the peer does not answer, see errors.log", e);
    }
    if (line.isEmpty()) {
      throw new AssertionError("the peer has ended, see errors.log");
    }
    return JSON.readTree(line);
  }

  @Override
  public void close() throws IOException {
    commands.close();
    process.destroyForcibly().onExit().join();
  }
}
