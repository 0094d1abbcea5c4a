package io.defradb.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.cli.command.Call;
import io.defradb.cli.command.Console;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flag, environment, file, default: the strongest wins (cli specification, section 2). */
class SettingsTest {
  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, List<String>> flags = new HashMap<>();

  @Test
  void givenAllLayers_thenTheStrongestWins() throws Exception {
    assertThat(settings().text(Setting.ADDRESS)).isEqualTo("127.0.0.1:9181");
    write("API:\n  Address: file:1\n");
    assertThat(settings().text(Setting.ADDRESS)).isEqualTo("file:1");
    Files.writeString(folder.resolve(".env"), "DEFRA_API_ADDRESS=secret:2\n");
    assertThat(settings().text(Setting.ADDRESS)).isEqualTo("secret:2");
    environment.put("DEFRA_API_ADDRESS", "environment:3");
    assertThat(settings().text(Setting.ADDRESS)).isEqualTo("environment:3");
    flags.put("url", List.of("flag:4"));
    assertThat(settings().text(Setting.ADDRESS)).isEqualTo("flag:4");
  }

  @Test
  void givenLists_thenBlanksSplitThemInTheEnvironment() throws Exception {
    write(
        "net:\n  peers: [/a, /b]\n  relayEnabled: true\ntls: true\nreplicator:\n  retryintervals: [1, 2]\n");
    assertThat(settings().list(Setting.PEERS)).containsExactly("/a", "/b");
    assertThat(settings().isOn(Setting.RELAY)).isTrue();
    assertThat(settings().isOn(Setting.TLS)).isTrue();
    assertThat(settings().list(Setting.RETRY_INTERVALS)).containsExactly("1", "2");
    environment.put("DEFRA_NET_PEERS", "/c /d");
    environment.put("DEFRA_API_ALLOWED_ORIGINS", "*");
    assertThat(settings().list(Setting.PEERS)).containsExactly("/c", "/d");
    assertThat(settings().list(Setting.ALLOWED_ORIGINS)).containsExactly("*");
  }

  @Test
  void givenAFirstStart_thenTheValuesInForceAreKeptAndNeverRewritten() throws Exception {
    flags.put("url", List.of("localhost:9182"));
    flags.put("peers", List.of("/ip4/1.2.3.4/tcp/1/p2p/x"));
    flags.put("no-p2p", List.of("true"));
    environment.put("DEFRA_KEYRING_SECRET", "never written");
    settings().keep();
    String kept = Files.readString(folder.resolve("root/config.yaml"));
    assertThat(kept).doesNotContain("never written").startsWith("\"\": ");
    flags.clear();
    environment.clear();
    assertThat(settings().text(Setting.ADDRESS)).isEqualTo("localhost:9182");
    assertThat(settings().list(Setting.PEERS)).containsExactly("/ip4/1.2.3.4/tcp/1/p2p/x");
    assertThat(settings().isOn(Setting.NO_P2P)).isTrue();
    assertThat(settings().list(Setting.RETRY_INTERVALS)).startsWith("30", "60");
    flags.put("url", List.of("other:1"));
    settings().keep();
    assertThat(Files.readString(folder.resolve("root/config.yaml"))).isEqualTo(kept);
  }

  @Test
  void givenDefaults_thenTheFileIsTheReferences() throws Exception {
    settings().keep();
    assertThat(Files.readString(folder.resolve("root/config.yaml")).lines().skip(1))
        .startsWith(
            "acp:",
            "    document:",
            "        sourcehub:",
            "            address: \"\"",
            "        type: none",
            "    node:",
            "        enable: false",
            "api:",
            "    address: 127.0.0.1:9181",
            "    allowed-origins: []",
            "    privkeypath: \"\"",
            "    pubkeypath: \"\"",
            "datastore:",
            "    badger:",
            "        path: data",
            "        valuelogfilesize: 1073741824")
        .endsWith("        - 1920", "secretfile: .env", "telemetry:", "    disabled: false");
  }

  @Test
  void givenABrokenFile_thenItIsNamed() throws Exception {
    write("a: [\n");
    assertThatThrownBy(() -> settings().text(Setting.ADDRESS))
        .hasMessageStartingWith("While parsing config: yaml: line 2: ");
  }

  @Test
  void givenASecretFileThatIsABareSecret_thenTheTextIsTheReferences() throws Exception {
    Files.writeString(folder.resolve(".env"), "secret\n");
    assertThatThrownBy(this::settings)
        .hasMessage("unexpected character \"\\n\" in variable name near \"secret\\n\"");
  }

  @Test
  void givenDotEnvSyntax_thenQuotesExportAndCommentsAreUnderstood() {
    assertThat(DotEnv.parse("# c\nA=1 # x\nexport B='x #y'\nC=\"a\\nb\\\"c\"\nD: z\n\nE=\n"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("A", "1", "B", "x #y", "C", "a\nb\"c", "D", "z", "E", ""));
  }

  /** Another secret than the reference's would open no key that it keeps. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A=pa$word | pa$word",
        "A=pa$WORD | pa",
        "B=x~A=pa${B}y | paxy",
        "B=x~A='pa$B' | pa$B",
        "B=x~A=\"pa$B\" | pax",
        "A=pa\\$WORD | pa$WORD",
        "A=a # b # c | a # b",
        "A=a#b | a#b",
        "A=\"x~y\" | x~y",
        "A=\"a\\tb\" | atb",
        "A=s~A=t | t",
        "A : s | s",
        "secret | `<none>`",
      })
  void givenAValue_whenRead_thenItIsTheReferences(String text, String value) {
    assertThat(DotEnv.parse(text.replace('~', '\n')).getOrDefault("A", "<none>"))
        .isEqualTo(value.replace('~', '\n'));
  }

  @Test
  void givenAQuoteWithoutAnEnd_whenRead_thenItIsRefused() {
    assertThatThrownBy(() -> DotEnv.parse("A=\"x\ny")).hasMessage("unterminated quoted value \"x");
  }

  private void write(String yaml) throws Exception {
    Files.createDirectories(folder.resolve("root"));
    Files.writeString(folder.resolve("root/config.yaml"), yaml);
  }

  private Settings settings() {
    Map<String, List<String>> given = new HashMap<>(flags);
    given.put("rootdir", List.of(folder.resolve("root").toString()));
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    var console = new Console(InputStream.nullInputStream(), nowhere, nowhere, environment, folder);
    return Settings.of(new Call(console, List.of("defradb"), List.of(), given, () -> {}));
  }
}
