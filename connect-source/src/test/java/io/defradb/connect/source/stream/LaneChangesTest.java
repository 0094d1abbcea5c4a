package io.defradb.connect.source.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.client.Change;
import io.defradb.connect.source.record.Changes;
import io.defradb.connect.source.record.DocumentChange;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

class LaneChangesTest {
  @Test
  void givenCreateAndUpdateInOneTransaction_whenFolded_thenItIsOneCreateWithTheLastImage() {
    assertThat(fold("1 a create", "2 a update")).containsExactly("c a 1-2");
  }

  @Test
  void givenTwoDocuments_whenFolded_thenTheirLastEntriesGiveTheOrder() {
    assertThat(fold("1 a create", "2 b create", "3 a update", "4 b update"))
        .containsExactly("c a 1-3", "c b 2-4");
  }

  @Test
  void givenUpdateAndDelete_whenFolded_thenItIsOneDeleteWithTheFirstImage() {
    assertThat(fold("1 a update", "2 a delete")).containsExactly("d a 1-2");
  }

  @Test
  void givenCreateAndDelete_whenFolded_thenBothAreSeen() {
    assertThat(fold("1 a create", "2 a delete")).containsExactly("c a 1-1", "d a 2-2");
  }

  @Test
  void givenALateUpdateOfADeletedDocument_whenFolded_thenNothingComesBackToLife() {
    assertThat(fold("1 a delete", "2 a late")).containsExactly("d a 1-1");
    assertThat(fold("1 a late")).isEmpty();
  }

  private static List<String> fold(String... entries) {
    List<Change<Struct>> changes = new ArrayList<>();
    for (String entry : entries) {
      String[] parts = entry.split(" ");
      boolean isLate = parts[2].equals("late");
      String text =
          "{\"seq\":%s,\"docID\":\"%s\",\"op\":\"%s\",\"deleted\":%s}"
              .formatted(parts[0], parts[1], isLate ? "update" : parts[2], isLate);
      changes.add(Changes.parse(text, (version, json) -> null));
    }
    return LaneChanges.fold(changes).stream().map(LaneChangesTest::shown).toList();
  }

  private static String shown(DocumentChange change) {
    return change.op()
        + " "
        + change.last().docId()
        + " "
        + change.first().seq()
        + "-"
        + change.last().seq();
  }
}
