package io.defradb.system.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The half of Getting Started that needs one node, command by command; the other: {@link
 * PeersGuideTest}.
 */
class GettingStartedTest {
  private static final String USER =
      """
      defradb client schema add '
        type User {
          name: String
          age: Int
          verified: Boolean
          points: Float
        }
      '
      """;
  private static final String CREATE =
      """
      defradb client query '
        mutation {
            user1: create_User(input: {age: 31, verified: true, points: 90, name: "Bob"}) {
                _docID
            }
            user2: create_User(input: {age: 28, verified: false, points: 15, name: "Alice"}) {
                _docID
            }
            user3: create_User(input: {age: 35, verified: true, points: 100, name: "Charlie"}) {
                _docID
            }
        }
      '
      """;
  private static final String COMMIT_FIELDS = "{ cid delta height links { cid name } }";

  @TempDir Path home;
  private Newcomer newcomer;

  @BeforeEach
  void arrive() throws Exception {
    newcomer = new Newcomer(home);
    Files.writeString(home.resolve(".env"), "DEFRA_KEYRING_SECRET=a secret\n");
  }

  @AfterEach
  void leave() {
    newcomer.close();
  }

  private Path start(String flags) throws Exception {
    return newcomer.start("defradb start --no-p2p --url 127.0.0.1:" + newcomer.port + flags);
  }

  private JsonNode ask(String request) throws Exception {
    return newcomer.succeed("defradb client query '" + request + "'").json().path("data");
  }

  @Test
  void givenAnEmptyHome_whenTheGuideIsTyped_thenEveryAnswerIsTheGuides() throws Exception {
    newcomer.succeed("export DEFRA_KEYRING_SECRET='a secret'; defradb keyring generate");
    assertThat(newcomer.succeed("defradb keyring list").err())
        .contains("- encryption-key", "- peer-key");
    Path log = start("");
    assertThat(newcomer.succeed("defradb client collection describe").json()).isEmpty();
    assertThat(
            newcomer
                .succeed("curl -s http://127.0.0.1:" + newcomer.port + "/health-check")
                .out()
                .strip())
        .isEqualTo("\"Healthy\"");

    assertThat(newcomer.succeed(USER).json().get(0).path("Name").asText()).isEqualTo("User");
    JsonNode created = newcomer.succeed(CREATE).json().path("data");
    assertThat(created.path("user1").get(0).path("_docID").asText()).startsWith("bae-");
    assertThat(created.path("user3").get(0).path("_docID").asText()).startsWith("bae-");
    assertThat(ask("query { User { _docID age name points } }").path("User")).hasSize(3);
    JsonNode rich = ask("query { User(filter: {points: {_ge: 50}}) { _docID age name points } }");
    assertThat(rich.path("User").findValuesAsText("name"))
        .containsExactlyInAnyOrder("Bob", "Charlie");

    String first = rich.path("User").get(0).path("_docID").asText();
    JsonNode latest =
        ask("query { _latestCommits(docID: \"" + first + "\") " + COMMIT_FIELDS + " }")
            .path("_latestCommits")
            .get(0);
    assertThat(latest.path("height").asInt()).isEqualTo(1);
    assertThat(latest.path("links").findValuesAsText("name"))
        .containsExactlyInAnyOrder("age", "name", "points", "verified");
    String cid = latest.path("cid").asText();
    for (String field : new String[] {"_commits", "commits"}) {
      assertThat(
              ask("query { " + field + "(cid: \"" + cid + "\") " + COMMIT_FIELDS + " }")
                  .path(field)
                  .get(0))
          .isEqualTo(latest);
    }
    assertThat(newcomer.stop()).isZero();
    assertThat(log)
        .content()
        .contains("Received interrupt; shutting down...")
        .doesNotContain("\tat ");

    newcomer.start("defradb start"); // the address comes from the file that the first start wrote
    assertThat(ask("query { User { name } }").path("User")).hasSize(3);
    String noNode =
        newcomer.refused("DEFRA_API_ADDRESS=127.0.0.1:1 defradb client collection describe");
    assertThat(noNode).contains("127.0.0.1:1");
    newcomer.succeed(
        "DEFRA_API_ADDRESS=127.0.0.1:1 defradb client collection describe --url 127.0.0.1:"
            + newcomer.port);
  }

  @Test
  void givenDocuments_whenChangedInATransactionBackedUpAndPurged_thenTheBackupBringsThemBack()
      throws Exception {
    start(" --development");
    newcomer.succeed(USER);
    newcomer.succeed(CREATE);
    int id = newcomer.succeed("defradb client tx create").json().path("id").asInt();
    newcomer.succeed(
        "defradb client query --tx "
            + id
            + " 'mutation { update_User(filter: {name: {_eq: \"Bob\"}}, input: {age: 32}) { age } }'");
    String bob = "query { User(filter: {name: {_eq: \"Bob\"}}) { age } }";
    assertThat(ask(bob).path("User").get(0).path("age").asInt()).isEqualTo(31);
    newcomer.succeed("defradb client tx commit " + id);
    assertThat(ask(bob).path("User").get(0).path("age").asInt()).isEqualTo(32);

    Path events = newcomer.keepRunning("defradb client query 'subscription { User { name age } }'");
    Newcomer.awaitText(events, "Subscription Results");
    ask("mutation { update_User(filter: {name: {_eq: \"Alice\"}}, input: {age: 29}) { age } }");
    Newcomer.awaitText(events, "\"Alice\"");
    newcomer.stop();
    ask("mutation { delete_User(filter: {name: {_eq: \"Charlie\"}}) { _docID } }");
    assertThat(
            ask("query { User(order: {age: DESC}, limit: 1) { name } }")
                .path("User")
                .get(0)
                .path("name")
                .asText())
        .isEqualTo("Bob");

    String backup = home.resolve("backup.json").toString();
    newcomer.succeed("defradb client backup export --pretty " + backup);
    assertThat(newcomer.refused("defradb client purge")).contains("--force");
    newcomer.succeed("defradb client purge --force");
    assertThat(newcomer.succeed("defradb client collection describe").json()).isEmpty();
    newcomer.succeed(USER);
    newcomer.succeed("defradb client backup import " + backup);
    assertThat(
            ask("query { User(order: {age: ASC}) { name age } }")
                .path("User")
                .findValuesAsText("age"))
        .containsExactly("29", "32");
    newcomer.stop();

    assertThat(newcomer.succeed("defradb server-dump").err())
        .contains("Dumping DB state...", "/state/");
    assertThat(newcomer.refused("defradb server-dump --rootdir " + home.resolve("none")))
        .isNotEmpty();
  }

  @Test
  void givenKeysMadeAsTheGuideSays_whenStartedWithTls_thenEveryFormServesHttps() throws Exception {
    newcomer.succeed("make -s -C " + Newcomer.CHECKOUT + " tls-certs path=\"~/.defradb/certs\"");
    Path certs = home.resolve(".defradb/certs");
    String certificate = " --pubkeypath " + certs.resolve("server.crt");
    String key = " --privkeypath " + certs.resolve("server.key");
    String swapped =
        " --pubkeypath "
            + certs.resolve("server.key")
            + " --privkeypath "
            + certs.resolve("server.crt");
    String ask =
        "curl -s --cacert " + certs.resolve("server.crt") + " https://localhost:" + newcomer.port;
    for (String flags :
        new String[] {
          " --tls", " --tls" + certificate + key, certificate + key, " --tls" + swapped
        }) {
      start(flags);
      assertThat(newcomer.succeed(ask + "/health-check").out().strip())
          .as(flags)
          .isEqualTo("\"Healthy\"");
      assertThat(newcomer.stop()).isZero();
      Files.delete(home.resolve(".defradb/config.yaml"));
    }
    Files.delete(certs.resolve("server.key"));
    assertThat(newcomer.refused("defradb start --tls --no-p2p"))
        .contains("server.key: no such file or directory");
  }

  @Test
  void givenAMistake_whenTyped_thenOneSentenceSaysWhich() throws Exception {
    Files.delete(home.resolve(".env"));
    assertThat(newcomer.refused("defradb start --no-p2p")).contains("missing keyring secret");
    assertThat(newcomer.refused("defradb strat")).contains("unknown command \"strat\"");
    assertThat(newcomer.refused("defradb start --colour")).contains("unknown flag: --colour");
    assertThat(newcomer.refused("defradb keyring export")).contains("accepts 1 arg(s), received 0");
    Files.writeString(home.resolve(".defradb/config.yaml"), "api: [");
    assertThat(newcomer.refused("defradb client collection describe"))
        .contains("While parsing config: yaml:");
  }
}
