package io.defradb.fuzz;

import io.defradb.error.DefraException;
import io.defradb.graphql.sdl.SdlReader;
import io.defradb.schema.draft.NewCollections;
import io.defradb.schema.rule.PolicyCheck;
import io.defradb.schema.rule.RuleBook;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Definitions of types, up to the collections with their IDs. */
final class SdlTarget implements FuzzTarget {
  private final NewCollections collections = new NewCollections(new RuleBook(PolicyCheck.NONE));

  @Override
  public List<byte[]> seeds() {
    return Seeds.texts(
        Seeds.SDL,
        "type A { b: B @primary } type B { a: A }",
        "type Book @index(includes: [{field: \"t\", direction: DESC}, {field: \"p\"}], unique: true)"
            + " { t: String @index p: Int @default(int: 5) a: [Float32!] @constraints(size: 3)"
            + " d: DateTime @default(dateTime: \"2000-07-23T03:00:00Z\")"
            + " j: JSON @default(json: \"{}\") o: Boolean @default(bool: true) }",
        "\"\"\"about\"\"\" interface I { x: ID } type V @materialized(if: false) { i: [I] }",
        "type P @policy(id: \"a\", resource: \"b\") { v: [Float32!] @embedding(fields: [\"n\"],"
            + " provider: \"ollama\", model: \"m\", url: \"u\", template: \"t\") n: String }");
  }

  @Override
  public List<String> words() {
    return Seeds.SDL_WORDS;
  }

  @Override
  public boolean accepts(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    try {
      collections
          .make(new SdlReader().read(text), List.of())
          .forEach(
              made -> {
                if (made.name().isEmpty() || made.versionId().isEmpty()) {
                  throw new AssertionError("a collection without name or ID");
                }
              });
      return true;
    } catch (DefraException refused) {
      return false;
    }
  }
}
