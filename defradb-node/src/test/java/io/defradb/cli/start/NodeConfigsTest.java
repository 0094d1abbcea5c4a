package io.defradb.cli.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.cli.command.Call;
import io.defradb.cli.command.Console;
import io.defradb.cli.config.Settings;
import io.defradb.node.NodeConfig;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flags of {@code start} become a node's configuration, or one clear sentence. */
class NodeConfigsTest {
  @TempDir Path folder;

  private final Map<String, List<String>> flags = new HashMap<>();

  @Test
  void givenNothing_thenTheDefaultsHoldBelowTheRoot() {
    NodeConfig config = config();
    Path root = folder.resolve("root");
    assertThat(config.rootDirectory()).isEqualTo(root);
    assertThat(config.api())
        .isEqualTo(new NodeConfig.Api("127.0.0.1", 9181, List.of(), null, true));
    assertThat(config.store())
        .isEqualTo(
            new NodeConfig.Store(false, root.resolve("data"), true, NodeConfig.Durability.OS));
    NodeConfig.KeyringFolder keyring = config.keys().keyring();
    assertThat(keyring).isEqualTo(new NodeConfig.KeyringFolder(root.resolve("keys"), ""));
    assertThat(config.net().isEnabled()).isTrue();
    assertThat(config.net().retryIntervals())
        .hasSize(7)
        .startsWith(Duration.ofSeconds(30))
        .endsWith(Duration.ofSeconds(1920));
  }

  @Test
  void givenBothTlsPathsInEitherRole_orTheFlag_thenTlsIsOn() throws Exception {
    Path certs = Files.createDirectories(folder.resolve("root/certs"));
    Path key = Files.writeString(certs.resolve("server.key"), "key");
    Path certificate = Files.writeString(certs.resolve("server.crt"), "certificate");
    flags.put("tls", List.of("true"));
    assertThat(config().api().tls()).isEqualTo(new NodeConfig.Tls(certificate, key));
    flags.clear();
    flags.put("pubkeypath", List.of("certs/server.key"));
    flags.put("privkeypath", List.of(certificate.toString()));
    assertThat(config().api().tls()).isEqualTo(new NodeConfig.Tls(key, certificate));
  }

  @Test
  void givenAnIpv6Address_thenItsBracketsGo() {
    flags.put("url", List.of("[::1]:0"));
    assertThat(config().api().host()).isEqualTo("::1");
    assertThat(config().api().port()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "url | zzz | listen tcp: address zzz: missing port in address",
        "p2paddr | zzz | failed to parse multiaddr \"zzz\": must begin with /",
        "peers | /ip4/1.1.1.1,zzz | failed to parse multiaddr \"zzz\": must begin with /",
        "default-key-type | rsa | unsupported key type. KeyType: rsa",
        "replicator-retry-intervals | 0 | replicator retry intervals must only contain positive"
            + " integers",
        "replicator-retry-intervals | 1,-1 | replicator retry intervals must only contain positive"
            + " integers",
        "durability | most | durability must be os or sync. Durability: most",
        "max-txn-retries | x | invalid argument \"x\" for datastore.maxtxnretries"
      })
  void givenAWrongValue_thenOneSentenceSaysSo(String flag, String value, String text) {
    flags.put(flag, List.of(value.split(",")));
    assertThatThrownBy(this::config).hasMessage(text);
  }

  @Test
  void givenTlsFilesThatAreNotThere_thenTheFirstIsNamed() {
    flags.put("pubkeypath", List.of("nope.crt"));
    flags.put("privkeypath", List.of("nope.key"));
    assertThatThrownBy(this::config)
        .hasMessage("open " + folder.resolve("root/nope.crt") + ": no such file or directory");
  }

  private NodeConfig config() {
    Map<String, List<String>> given = new HashMap<>(flags);
    given.put("rootdir", List.of(folder.resolve("root").toString()));
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    var console = new Console(InputStream.nullInputStream(), nowhere, nowhere, Map.of(), folder);
    var call = new Call(console, List.of("defradb", "start"), List.of(), given, () -> {});
    return NodeConfigs.of(Settings.of(call), Optional.empty(), null);
  }
}
