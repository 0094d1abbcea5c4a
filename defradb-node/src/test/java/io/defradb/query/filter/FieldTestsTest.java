package io.defradb.query.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.request.Filter.Condition;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTestsTest {

  private static boolean matches(FieldKind kind, Value value, String operator, Value operand) {
    return FieldTests.of(kind, new Condition.Compare(operator, operand)).matches(value);
  }

  private static Value number(String text) {
    return text.equals("null") ? Value.NULL : new Value.Int(Long.parseLong(text));
  }

  @ParameterizedTest
  @CsvSource({
    "30,_eq,30,true",
    "null,_eq,30,false",
    "null,_eq,null,true",
    "30,_eq,null,false",
    "null,_ne,30,true",
    "30,_ne,null,true",
    "null,_ne,null,false",
    "30,_gt,25,true",
    "25,_gt,25,false",
    "null,_gt,25,false",
    "30,_gt,null,true",
    "null,_gt,null,false",
    "25,_ge,25,true",
    "null,_ge,25,false",
    "30,_ge,null,true",
    "null,_ge,null,true",
    "5,_lt,30,true",
    "null,_lt,30,false",
    "5,_lt,null,false",
    "null,_lt,null,false",
    "25,_le,25,true",
    "null,_le,30,false",
    "5,_le,null,false",
    "null,_le,null,true",
  })
  void givenNulls_whenCompared_thenTheyFollowTheRules(
      String value, String operator, String operand, boolean isMatch) {
    assertThat(matches(FieldKind.INT, number(value), operator, number(operand))).isEqualTo(isMatch);
  }

  @ParameterizedTest
  @CsvSource({
    "Ann,A%,true", "Dee,%e,true", "Cid,%i%,true", "Dee,D%e,true", "De,De%De,false", "Ann,Ann,true",
    "Ann,A_n,false", "Anna n,%n%n%,false", "%,%,true", "Ann,%,false", "Ann,'',false", "Ann,a%,false"
  })
  void givenAPattern_whenLiked_thenPercentIsAWildcardAtTheEndsOrOnceInside(
      String value, String pattern, boolean isMatch) {
    Value text = new Value.Text(value);
    Value operand = new Value.Text(pattern);
    assertThat(matches(FieldKind.STRING, text, "_like", operand)).isEqualTo(isMatch);
    assertThat(matches(FieldKind.STRING, text, "_nlike", operand)).isEqualTo(!isMatch);
  }

  @Test
  void givenAnyCase_whenLikedWithoutCase_thenItMatches() {
    assertThat(matches(FieldKind.STRING, new Value.Text("Ann"), "_ilike", new Value.Text("aN%")))
        .isTrue();
  }

  @Test
  void givenNumbersOfOtherKinds_whenCompared_thenTheyMeet() {
    assertThat(matches(FieldKind.FLOAT64, new Value.Float64(2), "_eq", new Value.Int(2))).isTrue();
    assertThat(matches(FieldKind.FLOAT32, new Value.Float32(1.1f), "_eq", new Value.Float64(1.1)))
        .isTrue();
    assertThat(matches(FieldKind.FLOAT64, new Value.Float64(-0.0), "_eq", new Value.Int(0)))
        .isTrue();
  }

  @Test
  void givenArrays_whenQuantified_thenUnsetMatchesNoneAndEmptyMatchesAllAndNone() {
    Value unset = Value.NULL;
    Value empty = new Value.Items(List.of());
    Value some = new Value.Items(List.of(new Value.Int(1), Value.NULL));
    assertThat(quantified("_any", unset)).isFalse();
    assertThat(quantified("_all", unset)).isFalse();
    assertThat(quantified("_none", unset)).isFalse();
    assertThat(quantified("_any", empty)).isFalse();
    assertThat(quantified("_all", empty)).isTrue();
    assertThat(quantified("_none", empty)).isTrue();
    assertThat(quantified("_any", some)).isTrue();
    assertThat(quantified("_all", some)).isFalse();
    assertThat(quantified("_none", some)).isFalse();
  }

  private static boolean quantified(String quantifier, Value array) {
    var isOne = new Condition.Compare("_eq", new Value.Int(1));
    return FieldTests.of(FieldKind.NILLABLE_INT_ARRAY, new Condition.Elements(quantifier, isOne))
        .matches(array);
  }

  @Test
  void givenAPathIntoJson_whenNoObjectIsThere_thenNothingMatches() {
    var object = new TreeMap<String, Value>();
    object.put("k", new Value.Float64(1));
    assertThat(FieldTests.at(new Value.Fields(object), List.of("k")))
        .isEqualTo(new Value.Float64(1));
    assertThat(FieldTests.at(new Value.Fields(object), List.of("x"))).isEqualTo(Value.NULL);
    assertThat(FieldTests.at(Value.NULL, List.of("k", "l"))).isEqualTo(Value.NULL);
    assertThat(FieldTests.at(new Value.Text("k"), List.of("k"))).isNull();
  }

  @Test
  void givenAJsonOperandWithoutOrder_whenCompared_thenItsTypeIsNamed() {
    assertThatThrownBy(() -> matches(FieldKind.JSON, Value.NULL, "_gt", Value.Bool.TRUE))
        .hasMessage("unexpected type. Property: condition, Actual: bool");
    assertThatThrownBy(() -> matches(FieldKind.JSON, Value.NULL, "_foo", Value.NULL))
        .hasMessage("unknown operator. Operator: _foo");
  }

  @Test
  void givenValuesOfEveryType_whenSorted_thenTheOrderIsTotal() {
    Value[] values = {
      new Value.Items(List.of(new Value.Int(1))),
      new Value.Text("b"),
      new Value.Text("B"),
      new Value.Float64(0.5),
      new Value.Int(1),
      Value.Bool.TRUE,
      Value.Bool.FALSE,
      Value.NULL,
    };
    Arrays.sort(values, ValueOrder.PLAIN);
    assertThat(values)
        .containsExactly(
            Value.NULL,
            Value.Bool.FALSE,
            Value.Bool.TRUE,
            new Value.Float64(0.5),
            new Value.Int(1),
            new Value.Text("B"),
            new Value.Text("b"),
            new Value.Items(List.of(new Value.Int(1))));
    assertThat(ValueOrder.compareUtf8("\uFF5E", "\uD83D\uDE00")).isNegative();
  }
}
