package io.defradb.connect.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.connect.sink.mapping.Operation;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class ReductionTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void givenWritesOfTwoDocuments_whenReduced_thenEachHasOneWithTheLastValueOfEachField() {
    List<Pending> reduced =
        reduce(
            write("upsert", "a", "{'x':1,'y':1}", "{}"),
            write("upsert", "b", "{'x':2}", "{}"),
            write("upsert", "a", "{'x':null,'z':3}", "{}"));
    assertThat(documents(reduced)).containsExactly("-", "{'x':2}", "{'x':null,'y':1,'z':3}");
  }

  @Test
  void givenADeleteOrAnIncrementBetween_whenReduced_thenNothingIsCarriedOverIt() {
    assertThat(
            documents(
                reduce(
                    write("upsert", "a", "{'x':1}", "{}"),
                    write("delete", "a", "{}", "{}"),
                    write("upsert", "a", "{'y':2}", "{}"))))
        .containsExactly("{'x':1}", "{}", "{'y':2}");
    assertThat(
            documents(
                reduce(
                    write("upsert", "a", "{'x':1}", "{'n':1}"),
                    write("upsert", "a", "{'x':2}", "{'n':1}"))))
        .containsExactly("{'x':1}", "{'x':2}");
  }

  @Test
  void givenARelationThatIsSetOtherwise_whenReduced_thenTheLastOfItsTwoFormsStands() {
    Operation byKey = operation("upsert", "a", "{}", "{}", "{'owner':{'id':'o'}}");
    Operation cleared = operation("upsert", "a", "{'owner_id':null}", "{}", "{}");
    List<Pending> reduced = reduce(byKey, cleared);
    assertThat(documents(reduced)).containsExactly("-", "{'owner_id':null}");
    assertThat(reduced.get(1).operation().relations().isEmpty()).isTrue();
    List<Pending> other = reduce(cleared, byKey);
    assertThat(documents(other)).containsExactly("-", "{}");
    assertThat(other.get(1).operation().relations().has("owner")).isTrue();
  }

  private static List<String> documents(List<Pending> records) {
    return records.stream()
        .map(
            pending ->
                pending.operation() == null
                    ? "-"
                    : pending.operation().document().toString().replace('"', '\''))
        .toList();
  }

  private static List<Pending> reduce(Operation... operations) {
    List<Pending> records = new ArrayList<>();
    for (Operation operation : operations) {
      var record = new SinkRecord("t", 0, null, null, null, null, records.size());
      records.add(new Pending(record, operation));
    }
    return Reduction.of(records);
  }

  private static Operation write(String op, String id, String document, String increments) {
    return operation(op, id, document, increments, "{}");
  }

  private static Operation operation(
      String op, String id, String document, String increments, String relations) {
    return new Operation(
        op,
        "T",
        null,
        json("{'id':'" + id + "'}"),
        json(document),
        json(increments),
        json(relations));
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
