package io.defradb.system.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types every example of the reference of access control, in order, in one shell's variables. */
class AccessControlReferenceTest {
  private static final Path PAGE = Newcomer.CHECKOUT.resolve("docs/reference/access-control.md");
  private static final Pattern BLOCK =
      Pattern.compile("^```(sh|json|text)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path home;

  /** {@code kind}: a script, or what the one before printed at last. */
  private record Block(String kind, String text) {}

  private static List<Block> blocks() throws Exception {
    var blocks = new ArrayList<Block>();
    Matcher matcher = BLOCK.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }

  @Test
  void givenTheReference_whenEveryExampleIsTyped_thenItAnswersAsItSays() throws Exception {
    Files.writeString(home.resolve(".env"), "DEFRA_KEYRING_SECRET=a secret\n");
    Files.writeString(home.resolve("variables"), "");
    List<Block> blocks = blocks();
    assertThat(blocks).hasSizeGreaterThan(20);
    String printed = "";
    boolean isRunning = false;
    try (var newcomer = new Newcomer(home)) {
      for (Block block : blocks) {
        if (block.text.startsWith("defradb start")) {
          if (isRunning) {
            newcomer.stop();
          }
          newcomer.start(started(newcomer, block.text.strip()));
          isRunning = true;
        } else if (block.kind.equals("sh")) {
          printed = newcomer.succeed(remembering(block.text)).out();
        } else if (block.kind.equals("json")) {
          assertThat(JSON.readTree(lastValue(printed))).isEqualTo(JSON.readTree(block.text));
        } else {
          assertThat(printed).contains(block.text.strip());
        }
      }
    }
  }

  /** At a free port, with the variables of the commands before. */
  private String started(Newcomer newcomer, String command) throws Exception {
    String identity = newcomer.succeed(remembering("echo \"$ANN\"")).out().strip();
    return command.replace("$ANN", identity) + " --no-p2p --url 127.0.0.1:" + newcomer.port;
  }

  private static String remembering(String script) {
    return "set -e; . ./variables\n"
        + script
        + "\nset | grep -E '^(ANN|BOB|POLICY|DOC)=' > variables";
  }

  /** The commands of a block print a value each; the last one is told. */
  private static String lastValue(String printed) throws Exception {
    String last = "";
    try (var values = JSON.readerFor(JsonNode.class).readValues(printed)) {
      while (values.hasNextValue()) {
        last = values.nextValue().toString();
      }
    }
    return last;
  }
}
