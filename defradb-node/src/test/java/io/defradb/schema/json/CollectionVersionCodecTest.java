package io.defradb.schema.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.crdt.CrdtType;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import io.defradb.schema.Schema;
import io.defradb.schema.SchemaField;
import io.defradb.schema.SchemaFieldKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectionVersionCodecTest {
  private final CollectionVersionCodec codec = new CollectionVersionCodec();

  @Test
  void givenAVersionWithEverything_whenStored_thenItComesBackWhole() {
    CollectionVersion version = version();

    assertThat(codec.decode(codec.encode(version))).isEqualTo(version);
    CollectionVersion numbered = version.withFieldNumbers(List.of(0, 1, 2, 5, 4, 7));
    assertThat(codec.decode(codec.encode(numbered))).isEqualTo(numbered).isNotEqualTo(version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"v\":1}", "{\"v\":2}", "null"})
  void givenDamagedBytes_whenDecoded_thenTheyAreCorrupt(String text) {
    assertThatThrownBy(() -> codec.decode(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            DefraException.class, fault -> assertThat(fault.code()).isEqualTo(ErrorCode.CORRUPT));
  }

  private static CollectionVersion version() {
    var scalar = new SchemaFieldKind.Scalar(FieldKind.JSON);
    var json =
        new Value.Fields(
            new TreeMap<>(
                Map.of(
                    "a",
                    new Value.Items(List.of(Value.NULL, new Value.Float64(-0.0))),
                    "b",
                    Value.Bool.TRUE)));
    return new CollectionVersion(
        "User",
        "bafkv",
        "bafkr",
        List.of(
            new CollectionVersion.Source.Collection("bafkp", "{\"Lenses\":[]}"),
            new CollectionVersion.Source.Query("{\"Name\":\"A\"}", null)),
        List.of(
            field("json", scalar, json),
            field("int", scalar, new Value.Int(Long.MIN_VALUE)),
            field("f32", scalar, new Value.Float32(Float.POSITIVE_INFINITY)),
            field("self", new SchemaFieldKind.SelfRef("1", true), null),
            field("ref", new SchemaFieldKind.CollectionRef("bafkx", false), null),
            field("named", new SchemaFieldKind.Named("N", false), null)),
        List.of(
            new IndexDescription(
                "i", 7, List.of(new IndexDescription.IndexedField("a", true)), true)),
        new CollectionVersion.Policy("p", "users"),
        false,
        true,
        true,
        true,
        List.of(new CollectionVersion.VectorEmbedding("v", List.of("a"), "ollama", "m", "u", "t")),
        new Schema(
            "bafkr", "bafkv", "User", List.of(new SchemaField("json", scalar, CrdtType.LWW))));
  }

  private static CollectionField field(
      String name, SchemaFieldKind kind, @org.jspecify.annotations.Nullable Value defaultValue) {
    return new CollectionField(
        name, kind, CrdtType.PN_COUNTER, "r_" + name, true, true, true, defaultValue, 3);
  }
}
