package io.defradb.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlagParserTest {
  private static final List<Flag> FLAGS =
      List.of(
          Flag.text("identity", "who asks").shortly('i'),
          Flag.on("encrypt", "seal it").shortly('e'),
          Flag.list("peers", "who to ask"),
          Flag.number("tries", "how often"),
          Flag.numbers("pauses", "how long between"),
          Flag.duration("wait", "how long in all"));

  private static FlagParser.Parsed parse(String... given) {
    return FlagParser.parse(FLAGS, List.of(given));
  }

  @Test
  void givenAValueInAnyForm_whenParsed_thenItIsTheFlags() {
    for (String[] form :
        List.of(
            new String[] {"--identity", "abc"},
            new String[] {"--identity=abc"},
            new String[] {"-i", "abc"},
            new String[] {"-iabc"},
            new String[] {"-i=abc"})) {
      assertThat(parse(form).flags()).containsEntry("identity", List.of("abc"));
    }
  }

  @Test
  void givenAValueThatLooksLikeAFlag_whenParsed_thenItIsAValue() {
    assertThat(parse("--identity", "--encrypt").flags())
        .containsOnlyKeys("identity")
        .containsEntry("identity", List.of("--encrypt"));
  }

  @Test
  void givenSwitchesTogether_whenParsed_thenTheLastMayTakeAValue() {
    assertThat(parse("-eiabc").flags())
        .containsEntry("encrypt", List.of("true"))
        .containsEntry("identity", List.of("abc"));
  }

  @Test
  void givenAListTwice_whenParsed_thenAllValuesInOrder() {
    assertThat(parse("--peers=a,b", "--peers", "c").flags())
        .containsEntry("peers", List.of("a", "b", "c"));
  }

  @Test
  void givenTwoDashes_whenParsed_thenTheRestAreArguments() {
    assertThat(parse("a", "-e", "-", "--", "--identity").arguments())
        .containsExactly("a", "-", "--identity");
  }

  @Test
  void givenWhatIsNotKnown_whenParsed_thenItIsNamed() {
    assertThatThrownBy(() -> parse("--other=1")).hasMessage("unknown flag: --other");
    assertThatThrownBy(() -> parse("-ex")).hasMessage("unknown shorthand flag: 'x' in -ex");
    assertThatThrownBy(() -> parse("--identity")).hasMessage("flag needs an argument: --identity");
    assertThatThrownBy(() -> parse("-i")).hasMessage("flag needs an argument: 'i' in -i");
    assertThatThrownBy(() -> parse("--encrypt=maybe"))
        .hasMessage(
            "invalid argument \"maybe\" for \"-e, --encrypt\" flag: strconv.ParseBool: parsing"
                + " \"maybe\": invalid syntax");
  }

  @Test
  void givenAValueOfAnotherKind_whenParsed_thenTheTextIsTheReferences() {
    refuses("--tries=x", "strconv.ParseInt: parsing \"x\": invalid syntax");
    refuses("--tries=1.5", "strconv.ParseInt: parsing \"1.5\": invalid syntax");
    refuses("--pauses=1,y", "strconv.Atoi: parsing \"y\": invalid syntax");
    refuses("--wait=x", "time: invalid duration \"x\"");
    refuses("--wait=5", "time: missing unit in duration \"5\"");
    refuses("--wait=5x", "time: unknown unit \"x\" in duration \"5x\"");
    assertThat(parse("--tries=-3", "--pauses=1,2", "--wait=1h2m3.5s").flags())
        .containsEntry("tries", List.of("-3"))
        .containsEntry("pauses", List.of("1", "2"))
        .containsEntry("wait", List.of("1h2m3.5s"));
  }

  private static void refuses(String word, String reason) {
    String name = word.substring(0, word.indexOf('='));
    String value = word.substring(word.indexOf('=') + 1);
    assertThatThrownBy(() -> parse(word))
        .hasMessage("invalid argument \"" + value + "\" for \"" + name + "\" flag: " + reason);
  }
}
