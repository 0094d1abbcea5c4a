package io.defradb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.defradb.cli.command.Console;
import io.defradb.cli.command.Dispatcher;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands as users type them, against a server that answers what a node would. */
class CommandLineTest {
  private static final String OPEN_TX = "invalid transaction id";

  @TempDir Path folder;

  private final Map<String, String> answers = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private String input = "";
  private String lastRequest = "";
  private String lastBody = "";
  private String lastTransaction = "";
  private HttpServer server;

  private record Ran(int exit, String out, String err) {}

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          lastRequest = exchange.getRequestMethod() + " " + exchange.getRequestURI();
          lastBody = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          lastTransaction = String.valueOf(exchange.getRequestHeaders().getFirst("x-defradb-tx"));
          String answer = answers.getOrDefault(lastRequest, "");
          boolean isError = answer.startsWith("{\"error\"");
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(isError ? 400 : 200, body.length == 0 ? -1 : 0);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    environment.put("HOME", folder.toString());
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void givenAQuery_thenTheAnswerIsIndentedAloneOnStandardOutput() {
    answers.put(
        "POST /api/v0/graphql",
        "{\"data\":{\"User\":[{\"n\":1e+21,\"t\":\"\\u003c,{\"}],\"e\":[]}}\n");
    Ran ran = run("client", "query", "{ User { n } }");
    assertThat(ran.exit()).isZero();
    assertThat(ran.err()).isEqualTo("------ Request Results ------\n");
    assertThat(ran.out())
        .isEqualTo(
            """
            {
              "data": {
                "User": [
                  {
                    "n": 1e+21,
                    "t": "\\u003c,{"
                  }
                ],
                "e": []
              }
            }
            """);
    assertThat(lastBody).isEqualTo("{\"query\":\"{ User { n } }\"}");
  }

  @Test
  void givenStandardInputVariablesAndTransaction_thenTheyAreSent() {
    answers.put("POST /api/v0/graphql", "{\"data\":null}");
    input = "query A { \"x\" }";
    Ran ran =
        run(
            "client",
            "--tx",
            "7",
            "query",
            "-",
            "-o",
            "A",
            "--variables={\"big\":12345678901234567890}");
    assertThat(ran.exit()).isZero();
    assertThat(lastTransaction).isEqualTo("7");
    assertThat(lastBody)
        .isEqualTo(
            "{\"query\":\"query A { \\\"x\\\" }\",\"operationName\":\"A\","
                + "\"variables\":{\"big\":12345678901234567890}}");
  }

  @Test
  void givenANodeThatIsAway_whenQueried_thenTheExitCodeIsStillZero() {
    int port = server.getAddress().getPort();
    server.stop(0);
    Ran ran = run("client", "query", "{ x }");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .contains(
            "\"message\": \"Post \\\"http://127.0.0.1:"
                + port
                + "/api/v0/graphql\\\": dial tcp 127.0.0.1:"
                + port
                + ": connect: connection refused\"");
    assertThat(run("client", "p2p", "info").out())
        .isEqualTo("{\n  \"ID\": \"\",\n  \"Addrs\": []\n}\n");
    assertThat(run("client", "schema", "add", "type X { a: Int }").err())
        .startsWith("Error: failed to add schema: Post \"http://127.0.0.1:");
  }

  @Test
  void givenAnErrorOfTheNode_thenItsTextIsTheError() {
    answers.put("POST /api/v0/tx/9", "{\"error\":\"" + OPEN_TX + "\"}\n");
    answers.put("DELETE /api/v0/tx/9", "{\"error\":\"" + OPEN_TX + "\"}\n");
    assertThat(run("client", "tx", "commit", "9"))
        .isEqualTo(new Ran(1, "", "Error: " + OPEN_TX + "\n"));
    assertThat(run("client", "tx", "discard", "9")).isEqualTo(new Ran(0, "", ""));
  }

  @Test
  void givenAViewWithATransform_thenItsQueryTypesAndLensesAreSent() throws IOException {
    answers.put("POST /api/v0/view", "[]");
    String lenses = "{\"lenses\":[{\"path\":\"file:///a.wasm\",\"arguments\":{\"by\":1}}]}";
    String sent = "{\"Query\":\"User {name}\",\"SDL\":\"type V {name: String}\",\"Transform\":%s}";
    assertThat(run("client", "view", "add", "User {name}", "type V {name: String}", lenses).exit())
        .isZero();
    assertThat(lastRequest).isEqualTo("POST /api/v0/view");
    assertThat(lastBody).isEqualTo(sent.formatted(lenses));
    Path file = Files.writeString(folder.resolve("lens.json"), lenses);
    run("client", "view", "add", "User {name}", "type V {name: String}", "-f", file.toString());
    assertThat(lastBody).isEqualTo(sent.formatted(lenses));
    run("client", "view", "add", "User {name}", "type V {name: String}");
    assertThat(lastBody).isEqualTo(sent.formatted("null"));
    assertThat(run("client", "view", "refresh", "--name", "V").exit()).isZero();
    assertThat(lastRequest).startsWith("POST /api/v0/view/refresh?").contains("name=V");
  }

  @Test
  void givenMigrations_thenTheyAreSetLoadedAndRun() {
    String lenses = "{\"lenses\":[{\"path\":\"file:///a.wasm\"}]}";
    assertThat(run("client", "lens", "set", "v1", "v2", lenses).exit()).isZero();
    assertThat(lastRequest).isEqualTo("POST /api/v0/lens");
    assertThat(lastBody)
        .isEqualTo(
            "{\"SourceSchemaVersionID\":\"v1\",\"DestinationSchemaVersionID\":\"v2\","
                + "\"Lenses\":[{\"path\":\"file:///a.wasm\"}]}");
    assertThat(run("client", "lens", "set-registry", "c1", lenses).exit()).isZero();
    assertThat(lastRequest).isEqualTo("POST /api/v0/lens/registry");
    assertThat(lastBody).isEqualTo("{\"CollectionID\":\"c1\",\"Config\":" + lenses + "}");
    assertThat(run("client", "lens", "reload").exit()).isZero();
    assertThat(lastRequest).isEqualTo("POST /api/v0/lens/registry/reload");
    answers.put("POST /api/v0/lens/registry/v2/up", "[{\"a\":1}]");
    Ran up = run("client", "lens", "up", "--collection", "v2", "[{\"a\":0}]");
    assertThat(up.exit()).isZero();
    assertThat(up.out()).contains("\"a\": 1");
    assertThat(lastBody).contains("[{\"a\":0}]").contains("v2");
    run("client", "lens", "down", "--collection", "v2", "[{\"a\":0}]");
    assertThat(lastRequest).isEqualTo("POST /api/v0/lens/registry/v2/down");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "client lens set v1 v2; lens config cannot be empty",
        "client lens set v1 v2 {; invalid lens configuration",
        "client lens set v1 v2 {\"nope\":1}; json: unknown field \"nope\"",
        "client lens up; document or file must be defined",
      })
  void givenALensThatIsNone_thenOneLineSaysSo(String words, String text) {
    Ran ran = run(words.split(" "));
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err()).contains(text);
    assertThat(lastRequest).isEmpty();
  }

  @Test
  void givenHistory_whenBackedUp_thenTheNodeIsAskedForIt() {
    run("client", "backup", "export", "--history", "/tmp/a.car");
    assertThat(lastBody).contains("\"history\":true", "\"filepath\":\"/tmp/a.car\"");
    run("client", "backup", "import", "--history", "/tmp/a.car");
    assertThat(lastRequest).isEqualTo("POST /api/v0/backup/import");
    assertThat(lastBody).contains("\"history\":true");
    run("client", "backup", "import", "/tmp/a.json");
    assertThat(lastBody).contains("\"history\":false");
  }

  @Test
  void givenACollectionAndADocument_thenItIsCreatedAsTyped() {
    answers.put("GET /api/v0/collections?name=User", "[{\"version\":{\"Name\":\"User\"}}]");
    Ran ran =
        run(
            "client",
            "collection",
            "create",
            "--name",
            "User",
            "-e",
            "--encrypt-fields",
            "a,b",
            "{\"n\": 1.50}");
    assertThat(ran).isEqualTo(new Ran(0, "", ""));
    assertThat(lastRequest)
        .isEqualTo("POST /api/v0/collections/User?encrypt=true&encryptFields=a%2Cb");
    assertThat(lastBody).isEqualTo("{\"n\": 1.50}");
  }

  @Test
  void givenNoOneCollection_thenUsageIsShownAndTheExitCodeIsZero() {
    answers.put("GET /api/v0/collections?name=Nope", "[]");
    Ran ran = run("client", "collection", "create", "--name", "Nope", "{}");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("Usage:\n  defradb client collection create");
  }

  @Test
  void givenUpdateByFilter_thenFilterGoesAsJsonAndUpdaterAsText() {
    answers.put("GET /api/v0/collections?name=U", "[{\"version\":{\"Name\":\"U\"}}]");
    answers.put("PATCH /api/v0/collections/U", "{\"Count\":0,\"DocIDs\":[]}");
    Ran ran =
        run(
            "client",
            "collection",
            "--name",
            "U",
            "update",
            "--filter",
            "{\"a\":{\"_eq\":1}}",
            "--updater",
            "{\"a\":2}");
    assertThat(ran.out()).isEqualTo("{\n  \"Count\": 0,\n  \"DocIDs\": []\n}\n");
    assertThat(lastBody)
        .isEqualTo("{\"filter\":{\"a\":{\"_eq\":1}},\"updater\":\"{\\\"a\\\":2}\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/ip4/127.0.0.1/tcp/1/p2p/12D3 | {\"ID\":\"12D3\",\"Addrs\":[\"/ip4/127.0.0.1/tcp/1\"]}",
        "/ip4/127.0.0.1/tcp/1 | {\"ID\":\"\",\"Addrs\":[\"/ip4/127.0.0.1/tcp/1\"]}",
        "12D3Koo | {\"ID\":\"12D3Koo\",\"Addrs\":[]}",
        "{\"ID\":\"a\"} | {\"ID\":\"a\"}"
      })
  void givenAPeerInAnyForm_thenTheNodeGetsOne(String peer, String info) {
    assertThat(run("client", "p2p", "replicator", "set", "-c", "A,B", "-c", "C", peer).exit())
        .isZero();
    assertThat(lastBody).isEqualTo("{\"Info\":" + info + ",\"Collections\":[\"A\",\"B\",\"C\"]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "version --nope | unknown flag: --nope",
        "version -z | unknown shorthand flag: 'z' in -z",
        "client query | request cannot be empty",
        "client query -v zz {x} | invalid character 'z' looking for beginning of value",
        "client query -v { {x} | unexpected end of JSON input",
        "client schema add | schema cannot be empty",
        "client schema add -f nope | failed to read file nope: open nope: no such file or directory",
        "client schema patch | patch cannot be empty",
        "client schema set-active | accepts 1 arg(s), received 0",
        "client collection create --name U | document or file must be defined",
        "client index create -c U --fields a:UP | invalid order: expected ASC or DESC. Field: a:UP",
        "client index create -c U --fields a:b:c | invalid or malformed field description. Field: a:b:c",
        "client tx commit zz | strconv.ParseUint: parsing \"zz\": invalid syntax",
        "client backup export -f xml x | invalid export format",
        "client view add x | accepts between 2 and 4 arg(s), received 1",
        "client view add x y {\"x\":1} | invalid lens configuration: json: unknown field \"x\"",
        "client lens set a b | lens config cannot be empty",
        "client lens set a b zz | invalid lens configuration: invalid character 'z' looking for beginning of value",
        "client lens up | document or file must be defined",
        "client p2p document sync U | requires at least 2 arg(s), only received 1",
        "client acp document policy add | policy file argument can not be empty",
        "client acp node relationship add --relation x | required flag(s) \"actor\" not set",
        "client acp document relationship add -a x | required flag(s) \"collection\", \"docID\", \"relation\" not set",
        "client purge | run this command again with --force if you really want to purge all data",
        "client block verify-signature zz cid | failed to parse ephemeral public key: encoding/hex: invalid byte: U+007A 'z'",
        "client query -i zz {x} | encoding/hex: invalid byte: U+007A 'z'",
        "identity new --type rsa | unsupported key type. KeyType: rsa",
        "keyring generate | missing keyring secret",
        "keyring import a | accepts 2 arg(s), received 1"
      })
  void givenAMistake_thenOneLineSaysSo(String words, String text) {
    assertThat(run(words.split(" "))).isEqualTo(new Ran(1, "", "Error: " + text + "\n"));
  }

  @Test
  void givenAnUnknownWord_thenTheRootRefusesAndAGroupHelps() {
    assertThat(run("nope"))
        .isEqualTo(
            new Ran(
                1,
                "",
                "Error: unknown command \"nope\" for \"defradb\"\nRun 'defradb --help' for usage.\n"));
    Ran group = run("client", "nope");
    assertThat(group.exit()).isZero();
    assertThat(group.out()).contains("Usage:\n  defradb client [command]");
    assertThat(run("help", "client", "query").out()).contains("--variables");
  }

  @Test
  void givenAKeyring_thenKeysComeAndGoOnStandardError() throws IOException {
    Files.writeString(folder.resolve(".env"), "# secret\nexport DEFRA_KEYRING_SECRET='s e'\n");
    assertThat(run("keyring", "list").err()).isEqualTo("No keys found in the keyring.\n");
    assertThat(run("keyring", "import", "my-key", "00FF")).isEqualTo(new Ran(0, "", ""));
    assertThat(run("keyring", "generate", "--no-peer-key").exit()).isZero();
    assertThat(run("keyring", "list").err())
        .isEqualTo("Keys in the keyring:\n- encryption-key\n- my-key\n");
    assertThat(run("keyring", "export", "my-key")).isEqualTo(new Ran(0, "", "00ff\n"));
    assertThat(run("keyring", "export", "nope").err())
        .isEqualTo("Error: secret not found in keyring\n");
    environment.put("DEFRA_KEYRING_SECRET", "other");
    assertThat(run("keyring", "export", "my-key").err())
        .startsWith("Error: jwe.Decrypt: failed to decrypt");
  }

  @Test
  void givenASwitchWithAValue_thenItIsOff() {
    answers.put("POST /api/v0/tx/concurrent", "{\"id\":3}");
    Ran ran = run("client", "tx", "create", "--concurrent", "--read-only=false");
    assertThat(ran.out()).isEqualTo("{\n  \"id\": 3\n}\n");
  }

  @Test
  void givenArgumentsOfAnotherNumberOrKind_thenTheTextIsTheReferences() {
    assertThat(run("client", "collection", "create", "a", "b").err())
        .isEqualTo("Error: accepts between 0 and 1 arg(s), received 2\n");
    assertThat(run("client", "collection", "patch", "a", "b").err())
        .isEqualTo("Error: accepts between 0 and 1 arg(s), received 2\n");
    assertThat(run("keyring", "list", "extra").err())
        .isEqualTo("Error: unknown command \"extra\" for \"defradb keyring list\"\n");
    assertThat(run("client", "query", "{a}", "-v", "[]").err())
        .isEqualTo(
            "Error: json: cannot unmarshal array into Go value of type map[string]interface {}\n");
    assertThat(run("client", "query", "{a}", "-v", "{a: 1}").err())
        .isEqualTo("Error: invalid character 'a' looking for beginning of object key string\n");
    assertThat(run("client", "index", "drop", "-n", "x").err())
        .isEqualTo("Error: collection not found. CollectionName: \n");
  }

  @Test
  void givenThreeArguments_whenASchemaIsPatched_thenThePatchAloneIsSent() {
    assertThat(run("client", "schema", "patch", "a", "b", "c").exit()).isZero();
    assertThat(lastBody).contains("\"Patch\":\"a\"").contains("\"Migration\":null");
  }

  @Test
  void givenAnEmptyList_whenDocumentsAreCreated_thenNullIsSentAsTheReferenceDoes() {
    answers.put("GET /api/v0/collections?name=User", "[{\"version\":{\"Name\":\"User\"}}]");
    run("client", "collection", "--name", "User", "create", " [ ] ");
    assertThat(lastBody).isEqualTo("null");
  }

  private Ran run(String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    environment.put("DEFRA_API_ADDRESS", "127.0.0.1:" + server.getAddress().getPort());
    var console =
        new Console(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment,
            folder);
    int exit = new Dispatcher(Main.root()).run(console, words);
    return new Ran(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
