package io.defradb.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.dag.BlockCodec;
import io.defradb.document.FieldKind;
import io.defradb.document.JsonWriter;
import io.defradb.document.Value;
import io.defradb.document.ValueCbor;
import io.defradb.multiformats.Bytes;
import io.defradb.testing.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CounterVectorsTest {
  private static final Pattern FIELD = Pattern.compile("n: (\\w+) @crdt\\(type: (\\w+)\\)");

  @Test
  void givenRecordedIncrements_whenAdded_thenTheValueIsTheReferences() {
    int added = 0;
    for (JsonNode golden : Vectors.cases("counters")) {
      Matcher field = FIELD.matcher(golden.get("sdl").asText());
      assertThat(field.find()).isTrue();
      FieldKind kind = FieldKind.bySdl(field.group(1));
      CrdtType type = field.group(2).equals("pcounter") ? CrdtType.P_COUNTER : CrdtType.PN_COUNTER;
      Value value = Value.NULL;
      for (JsonNode step : golden.get("steps")) {
        if (step.path("raw").asText().isEmpty()) {
          continue;
        }
        var delta =
            (Delta.Counter)
                BlockCodec.decode(Bytes.hex(step.get("raw").asText()).toArray()).delta();
        value = Counter.add(type, kind, value, ValueCbor.decode(kind, delta.data()));
        added++;
        if (!step.get("result").asText().contains("Inf")) {
          assertThat(new String(new JsonWriter().value(value).toBytes(), StandardCharsets.UTF_8))
              .as("%s", golden.get("name"))
              .isEqualTo(step.get("result").asText());
        }
      }
    }
    assertThat(added).isGreaterThan(10);
  }
}
