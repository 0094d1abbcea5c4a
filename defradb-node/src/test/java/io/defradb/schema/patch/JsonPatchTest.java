package io.defradb.schema.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.error.DefraException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPatchTest {
  private static final String DOCUMENT = "{'a':{'l':[1,2]},'n':null}";
  private final ObjectMapper mapper = new ObjectMapper();

  private JsonNode patched(String patch) throws Exception {
    ObjectNode document = (ObjectNode) mapper.readTree(DOCUMENT.replace('\'', '"'));
    return JsonPatch.parse(patch.replace('\'', '"').replace('^', '\'')).apply(document);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[{'op':'add','path':'/a/l/-','value':3}]         | {'a':{'l':[1,2,3]},'n':null}",
        "[{'op':'add','path':'/a/l/0','value':0}]         | {'a':{'l':[0,1,2]},'n':null}",
        "[{'op':'remove','path':'/a/l/0'}]                | {'a':{'l':[2]},'n':null}",
        "[{'op':'replace','path':'/a/l','value':7}]       | {'a':{'l':7},'n':null}",
        "[{'op':'move','from':'/a/l/0','path':'/a/l/-'}]  | {'a':{'l':[2,1]},'n':null}",
        "[{'op':'copy','from':'/a/l','path':'/x~1y'}]     | {'a':{'l':[1,2]},'n':null,'x/y':[1,2]}",
        "[{'op':'add','path':'/a/l/-1','value':3}]        | {'a':{'l':[1,2,3]},'n':null}",
        "[{'op':'remove','path':'/a/l/-2'}]               | {'a':{'l':[2]},'n':null}",
        "[{'op':'replace','path':'','value':{'b':1}}]     | {'b':1}",
        "null                                             | {'a':{'l':[1,2]},'n':null}",
        "[{'op':'copy','from':'','path':'/b'}]            | {'a':{'l':[1,2]},'n':null,'b':{'a':{'l':[1,2]},'n':null}}",
        "[{'op':'replace','path':'/','value':7}]          | {'a':{'l':[1,2]},'n':null,'':7}",
        "[{'op':'test','path':'/n','value':null}]         | {'a':{'l':[1,2]},'n':null}",
      })
  void givenAnOperation_whenApplied_thenTheDocumentIsChanged(String patch, String expected)
      throws Exception {
    assertThat(patched(patch)).hasToString(expected.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "zz | invalid state detected",
        "{} | json: cannot unmarshal object into Go value of type jsonpatch.Patch",
        "[5] | json: cannot unmarshal number into Go value of type jsonpatch.Operation",
        "[null] | invalid operation null: unsupported operation",
        "[{'value':{'b':1,'a':'<'},'path':'/a','op':'jump'}] | invalid operation {'op':'jump','path':'/a','value':{'b':1,'a':'\\u003c'}}: unsupported operation",
        "[{'op':'add','path':'/x'}] | invalid operation {'op':'add','path':'/x'}: failed to decode ^value^: operation, missing value field: missing value",
        "[{'op':'move','path':'/x'}] | invalid operation {'op':'move','path':'/x'}: failed to decode ^from^: operation, missing from field: missing value",
        "[{'op':'remove','path':5}] | invalid operation {'op':'remove','path':5}: failed to decode ^path^: json: cannot unmarshal number into Go value of type string",
        "[{'op':'add','path':'','value':7}] | json: cannot unmarshal number into Go value of type map[string]*jsonpatch.lazyNode",
        "[{'op':'replace','path':'','value':7}] | replace operation value must be object or array: %!w(<nil>)",
        "[{'op':'copy','from':'','path':'/x/y'}] | copy operation does not apply: doc is missing destination path: /x/y: missing value",
        "[{'op':'move','from':'/a/z','path':'/x'}] | error in move for path: ^z^: unable to get nonexistent key: z: missing value",
        "[{'op':'copy','from':'/a/l/7','path':'/x'}] | error in copy for from: ^/a/l/7^: Unable to access invalid index: 7: invalid index referenced",
        "[{'op':'add','path':'/a/l/x','value':1}] | error in add for path: ^/a/l/x^: value was not a proper array index: ^x^: strconv.Atoi: parsing 'x': invalid syntax",
        "[{'op':'test','path':'/a/l/9','value':1}] | error in test for path: ^/a/l/9^: Unable to access invalid index: 9: invalid index referenced",
        "[{'op':'add','path':'/x/y','value':1}] | add operation does not apply: doc is missing path: '/x/y': missing value",
        "[{'op':'replace','path':'/x/y','value':1}] | replace operation does not apply: doc is missing path: /x/y: missing value",
        "[{'op':'test','path':'/a/l/0','value':2}] | testing value /a/l/0 failed: test failed",
        "[{'op':'remove','path':'/a/l/9'}] | error in remove for path: ^/a/l/9^: Unable to access invalid index: 9: invalid index referenced",
      })
  void givenAnImpossibleOperation_whenApplied_thenTheTextIsTheReferences(
      String patch, String message) {
    assertThatThrownBy(() -> patched(patch))
        .isInstanceOf(DefraException.class)
        .hasMessage(message.replace('\'', '"').replace('^', '\''));
  }

  @Test
  void givenCopiesThatDouble_whenApplied_thenTheyAreRefusedInTime() {
    var patch = new StringBuilder("[");
    for (int i = 0; i < 60; i++) {
      patch.append("{'op':'copy','from':'/a','path':'/a/x").append(i).append("'},");
    }
    patch.setCharAt(patch.length() - 1, ']');
    assertThatThrownBy(() -> patched(patch.toString()))
        .isInstanceOf(DefraException.class)
        .hasMessage("the patch copies too much");
  }
}
