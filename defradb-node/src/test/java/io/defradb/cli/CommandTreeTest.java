package io.defradb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.cli.command.Command;
import io.defradb.cli.command.Console;
import io.defradb.cli.command.Dispatcher;
import io.defradb.cli.command.Entry;
import io.defradb.cli.command.Flag;
import io.defradb.cli.command.Group;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command of the tree, one row each. */
class CommandTreeTest {
  private static final Map<String, Entry> TREE = new TreeMap<>();

  static {
    collect(Main.root().name(), Main.root());
  }

  @TempDir Path folder;

  private record Ran(int exit, String out, String err) {}

  private static void collect(String path, Entry entry) {
    TREE.put(path, entry);
    if (entry instanceof Group group) {
      group.entries().get().forEach(below -> collect(path + " " + below.name(), below));
    }
  }

  private Ran run(List<String> words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of("HOME", folder.toString()),
            folder);
    int exit = new Dispatcher(Main.root()).run(console, words.toArray(String[]::new));
    return new Ran(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static List<String> words(String path, String... further) {
    var words = new ArrayList<>(List.of(path.split(" ")));
    words.remove(0);
    words.addAll(List.of(further));
    return words;
  }

  static Stream<String> entries() {
    return TREE.keySet().stream();
  }

  static Stream<String> commands() {
    return TREE.keySet().stream().filter(path -> TREE.get(path) instanceof Command);
  }

  /** Name and flags of the reference's commands: {@code path ; letter|flag:kind ...}. */
  static Stream<String> references() throws IOException {
    try (InputStream rows =
        Objects.requireNonNull(
            CommandTreeTest.class.getResourceAsStream("/golden/cli/commands.txt"))) {
      return new String(rows.readAllBytes(), StandardCharsets.UTF_8).lines().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("references")
  void givenACommandOfTheReference_thenItIsHereWithEachOfItsFlags(String row) {
    String[] parts = row.split(" ; ?", -1);
    assertThat(TREE).containsKey(parts[0]);
    List<String> ours = new ArrayList<>();
    Entry at = Main.root();
    for (Flag flag : at.flags()) {
      ours.add(written(flag));
    }
    for (String word : words(parts[0])) {
      at =
          ((Group) at)
              .entries().get().stream().filter(e -> e.name().equals(word)).findFirst().get();
      at.flags().forEach(flag -> ours.add(written(flag)));
    }
    assertThat(ours)
        .containsAll(Arrays.stream(parts[1].split(" ")).filter(f -> !f.isEmpty()).toList());
  }

  private static String written(Flag flag) {
    return (flag.letter() == null ? "" : flag.letter() + "|")
        + flag.name()
        + ":"
        + flag.kind().name().toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest
  @MethodSource("entries")
  void givenAnyCommand_whenAskedForHelp_thenItShowsWhatItDoesItsFlagsAndThoseAboveIt(String path) {
    Entry entry = TREE.get(path);
    for (List<String> asked :
        List.of(
            words(path, "--help"),
            words(path, "-h"),
            words("defradb help", words(path).toArray(String[]::new)))) {
      Ran ran = run(asked);
      assertThat(ran.exit()).as("%s", asked).isZero();
      assertThat(ran.err()).isEmpty();
      assertThat(ran.out()).startsWith(entry.summary() + "\n\nUsage:\n  " + path + " ");
      for (Flag flag : entry.flags()) {
        assertThat(ran.out()).contains("--" + flag.name()).contains(flag.summary().split(" ")[0]);
      }
      assertThat(ran.out()).contains("--rootdir", "-h, --help");
    }
    assertThat(entry.summary()).isNotBlank().doesNotEndWith(".").hasSizeLessThan(100);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void givenAnyCommand_whenGivenAFlagThatIsNot_thenOneLineSaysSoAndTheCodeIsOne(String path) {
    assertThat(run(words(path, "--no-such-flag")))
        .isEqualTo(new Ran(1, "", "Error: unknown flag: --no-such-flag\n"));
    assertThat(run(words(path, "--rootdir")))
        .isEqualTo(new Ran(1, "", "Error: flag needs an argument: --rootdir\n"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void givenAnyCommand_whenTooFewArgumentsOrFlags_thenOneLineSaysSoAndNothingIsAsked(String path) {
    var command = (Command) TREE.get(path);
    if (command.arguments().min() > 0) {
      Ran ran = run(words(path));
      assertThat(ran.exit()).isEqualTo(1);
      assertThat(ran.err()).matches("Error: (accepts|requires at least) .*received 0\n");
      assertThat(ran.out()).isEmpty();
    } else if (!command.required().isEmpty()) {
      Ran ran = run(words(path));
      assertThat(ran.exit()).isEqualTo(1);
      assertThat(ran.err()).matches("Error: required flag\\(s\\) \".*\" not set\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish", "powershell"})
  void givenAShell_whenItsScriptIsMade_thenItKnowsEveryCommandAndFlag(String shell) {
    Ran ran = run(List.of("completion", shell));
    assertThat(ran.exit()).isZero();
    TREE.forEach(
        (path, entry) -> {
          assertThat(ran.out()).contains(path);
          entry.flags().forEach(flag -> assertThat(ran.out()).contains("--" + flag.name()));
        });
    assertThat(run(List.of("completion", shell, "--no-descriptions")).out()).isEqualTo(ran.out());
  }

  @Test
  void givenTheBashScript_whenAWordIsCompleted_thenBashOffersWhatMayFollow() throws Exception {
    String script = run(List.of("completion", "bash")).out();
    assertThat(completed(script, "defradb", "client", "co")).isEqualTo("collection");
    assertThat(completed(script, "defradb", "client", "--tx", "3", "tx", "c"))
        .isEqualTo("commit create");
    assertThat(completed(script, "defradb", "start", "--no-c")).isEqualTo("--no-console");
  }

  private static String completed(String script, String... words) throws Exception {
    String asked =
        script
            + "COMP_WORDS=("
            + String.join(" ", words)
            + "); COMP_CWORD="
            + (words.length - 1)
            + "; _defradb; echo \"${COMPREPLY[*]}\"";
    Process bash = new ProcessBuilder("bash", "-c", asked).redirectErrorStream(true).start();
    return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
