package io.defradb.libp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.defradb.crypto.PrivateKey;
import io.defradb.libp2p.host.Connection;
import io.defradb.libp2p.host.ConnectionListener;
import io.defradb.libp2p.host.NetworkHost;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.protocol.ping.Ping;
import io.defradb.libp2p.security.Security;
import io.defradb.libp2p.security.noise.NoiseSecurity;
import io.defradb.libp2p.security.tls.TlsSecurity;
import io.defradb.libp2p.testing.Received;
import io.defradb.libp2p.testing.TcpHosts;
import io.defradb.testing.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With the reference's program, given as {@code -Dreference=<path>}; skipped without. */
class ReferenceInteropTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern HOST = Pattern.compile("PeerId=(\\w+) Address=\\[(\\S+)]");

  @TempDir Path root;
  private final TcpHosts hosts = new TcpHosts();
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void lookForTheReference() {
    assumeTrue(!System.getProperty("reference", "").isEmpty(), "no -Dreference=<program>");
  }

  @AfterEach
  void close() throws InterruptedException {
    hosts.close();
    for (Process process : started) {
      process.destroy();
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }

  static Stream<Function<PrivateKey, List<Security>>> securities() {
    return Stream.of(
        key -> List.of(new NoiseSecurity(key, new SecureRandom())),
        key -> List.of(new TlsSecurity(key, new SecureRandom(), InstantSource.system())));
  }

  private PeerAddresses reference(String... peers) throws IOException {
    Path log = root.resolve("log");
    var command =
        new ArrayList<>(
            List.of(
                System.getProperty("reference"),
                "start",
                "--no-keyring",
                "--rootdir",
                root.toString(),
                "--store",
                "memory",
                "--url",
                "127.0.0.1:" + FreePorts.next(),
                "--p2paddr",
                "/ip4/127.0.0.1/tcp/" + FreePorts.next()));
    for (String peer : peers) {
      command.addAll(List.of("--peers", peer));
    }
    started.add(
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start());
    Matcher told =
        await()
            .atMost(PATIENCE)
            .until(
                () -> {
                  Matcher found = HOST.matcher(Files.readString(log));
                  return found.find() ? found : null;
                },
                found -> found != null);
    return PeerAddresses.parse(told.group(2) + "/p2p/" + told.group(1));
  }

  @ParameterizedTest
  @MethodSource("securities")
  void givenTheReference_whenDialled_thenItIdentifiesItselfAndAnswersPings(
      Function<PrivateKey, List<Security>> security) throws IOException {
    PeerAddresses reference = reference();
    NetworkHost host = TcpHosts.listening(hosts.host("one", security));
    Connection connection = TcpHosts.await(host.connect(reference));
    await()
        .atMost(PATIENCE)
        .until(() -> connection.protocols().containsAll(Set.of("/defra/0.0.1", Ping.PROTOCOL)));
    for (int i = 0; i < 3; i++) {
      assertThat(TcpHosts.await(Ping.ping(host, reference.id(), new Random(i)))).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("securities")
  void givenTheReferenceAsDialler_whenConnected_thenItIdentifiesUsAndStays(
      Function<PrivateKey, List<Security>> security) throws IOException {
    NetworkHost host = hosts.host("one", security);
    Set<String> asked = new CopyOnWriteArraySet<>();
    host.handle(
        List.of("/meshsub/1.1.0"),
        stream -> {
          asked.add(stream.protocol()); // only who was identified as a speaker is asked
          stream.read(new Received());
        });
    Set<String> identified = new CopyOnWriteArraySet<>();
    host.listen(
        new ConnectionListener() {
          @Override
          public void identified(Connection connection, Set<String> protocols) {
            identified.addAll(protocols);
          }
        });
    TcpHosts.listening(host);
    PeerAddresses reference = reference(host.addresses().get(0) + "/p2p/" + host.id());
    await().atMost(PATIENCE).until(() -> identified.contains("/defra/0.0.1"));
    await().atMost(PATIENCE).until(() -> asked.contains("/meshsub/1.1.0"));
    assertThat(TcpHosts.await(Ping.ping(host, reference.id(), new Random(1)))).isPositive();
  }
}
