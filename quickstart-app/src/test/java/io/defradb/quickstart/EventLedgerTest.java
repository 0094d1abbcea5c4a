package io.defradb.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventLedgerTest {
  private final EventLedger ledger = new EventLedger();

  @Test
  void givenCreateUpdateDelete_whenAdded_thenTheTableHoldsWhatIsLeft() {
    ledger.add(List.of(event("a", "c", "A"), event("b", "c", "B"), event("a", "u", "A2")));
    ledger.add(List.of(event("b", "d", null)));
    assertThat(ledger.table()).isEqualTo(Map.of("a", airport("A2")));
    assertThat(ledger.count("c")).isEqualTo(2);
    assertThat(ledger.repeated("c")).isEmpty();
  }

  @Test
  void givenADocumentCreatedTwice_whenAsked_thenItIsNamed() {
    ledger.add(List.of(event("a", "c", "A"), event("b", "c", "B"), event("a", "c", "A")));
    assertThat(ledger.repeated("c")).containsExactly("a");
  }

  private static ChangeEvent event(String docId, String op, @Nullable String name) {
    Airport after = name == null ? null : airport(name);
    return new ChangeEvent(docId, op, null, after, "");
  }

  private static Airport airport(String name) {
    return new Airport("X", name, "", "", "", 0, 0);
  }
}
