package io.defradb.graphql.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.acp.DocumentAccess;
import io.defradb.db.Catalog;
import io.defradb.db.Transaction;
import io.defradb.error.DefraException;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import io.defradb.schema.IndexRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CollectionEditorTest {
  private static final String ADD_EMAIL =
      "[{\"op\":\"add\",\"path\":\"/User/Fields/-\","
          + "\"value\":{\"Name\":\"email\",\"Kind\":\"String\"}}]";

  private final CollectionEditor editor = new CollectionEditor();
  private final FakeCatalog catalog = new FakeCatalog();
  private final Transaction transaction = transactionOn(catalog);

  @Test
  void givenAnSdlWithOneFault_whenAdded_thenNothingIsStored() {
    assertThatThrownBy(() -> editor.add(transaction, "type A { a: Int } type B { b: Nope }"))
        .isInstanceOf(DefraException.class);
    assertThat(catalog.all()).isEmpty();
  }

  @Test
  void givenTheNameOfATypeThatEveryNodeHas_whenAdded_thenItIsRefused() {
    for (String name : List.of("Int", "Query", "Commit", "__Schema")) {
      assertThatThrownBy(() -> editor.add(transaction, "type " + name + " { a: Int }"))
          .hasMessage("schema type already exists. Name: " + name);
    }
  }

  @Test
  void givenAPatchThatIsMadeActive_whenPatched_thenOnlyTheNewVersionIsActive() {
    editor.add(transaction, "type User { name: String }");

    editor.patchSchemas(transaction, ADD_EMAIL, null, true);

    assertThat(catalog.all()).hasSize(2);
    assertThat(catalog.active())
        .singleElement()
        .satisfies(version -> assertThat(version.field("email")).isPresent());
  }

  @Test
  void givenTwoVersions_whenGoingBackToTheFirst_thenNoOtherStaysActive() {
    CollectionVersion first = editor.add(transaction, "type User { name: String }").get(0);
    editor.patchSchemas(transaction, ADD_EMAIL, null, true);

    editor.activate(transaction, first.versionId());

    assertThat(catalog.active())
        .extracting(CollectionVersion::versionId)
        .containsExactly(first.versionId());
  }

  @Test
  void givenAnInactiveVersion_whenAskedForByItsId_thenItIsFound() {
    editor.add(transaction, "type User { name: String }");
    editor.patchSchemas(transaction, ADD_EMAIL, null, false);
    String inactive =
        catalog.all().stream()
            .filter(version -> !version.isActive())
            .map(CollectionVersion::versionId)
            .findFirst()
            .orElseThrow();

    assertThat(editor.find(transaction, new CollectionFilter(null, inactive, null, false)))
        .hasSize(1);
    assertThat(editor.find(transaction, new CollectionFilter(null, null, null, false))).hasSize(1);
    assertThat(editor.find(transaction, new CollectionFilter(null, null, null, true))).hasSize(2);
    assertThatThrownBy(
            () -> editor.find(transaction, new CollectionFilter(null, "zz", null, false)))
        .hasMessage("key not found");
  }

  @Test
  void givenAnActiveCollectionThatAnotherRelatesTo_whenDeactivated_thenThePatchIsRefused() {
    List<CollectionVersion> added =
        editor.add(transaction, "type User { name: String } type Dog { owner: User }");
    String user = added.get(0).versionId();
    String patch = "[{\"op\":\"replace\",\"path\":\"/" + user + "/IsActive\",\"value\":false}]";

    assertThatThrownBy(() -> editor.patchCollections(transaction, patch))
        .hasMessage("no type found for given name. Type: " + user);
  }

  @Test
  void givenIndexesOnOneField_whenCreatedWithoutNames_thenTheyAreNumbered() {
    editor.add(transaction, "type User { name: String }");
    var request =
        new IndexRequest("", List.of(new IndexDescription.IndexedField("name", true)), false);

    for (String expected : List.of("User_name_ASC", "User_name_ASC_2", "User_name_ASC_3")) {
      CollectionVersion user = editor.collection(transaction, "User").orElseThrow();
      assertThat(editor.createIndex(transaction, user, request).name()).isEqualTo(expected);
    }
    CollectionVersion user = editor.collection(transaction, "User").orElseThrow();
    assertThatThrownBy(() -> editor.dropIndex(transaction, user, "zz"))
        .hasMessage("index with name doesn't exists. Name: zz");
  }

  private static Transaction transactionOn(Catalog catalog) {
    return (Transaction)
        Proxy.newProxyInstance(
            CollectionEditorTest.class.getClassLoader(),
            new Class<?>[] {Transaction.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("catalog")) {
                return catalog;
              }
              if (method.getName().equals("access")) {
                return DocumentAccess.OPEN;
              }
              throw new AssertionError("an editor needs no " + method);
            });
  }

  /** A catalog in memory. */
  private static final class FakeCatalog implements Catalog {
    private final Map<String, CollectionVersion> byId = new TreeMap<>();

    @Override
    public long generation() {
      return byId.size();
    }

    @Override
    public List<CollectionVersion> active() {
      return all().stream().filter(CollectionVersion::isActive).toList();
    }

    @Override
    public Optional<CollectionVersion> activeByName(String name) {
      return active().stream().filter(version -> version.name().equals(name)).findFirst();
    }

    @Override
    public Optional<CollectionVersion> byVersionId(String versionId) {
      return Optional.ofNullable(byId.get(versionId));
    }

    @Override
    public List<CollectionVersion> all() {
      return List.copyOf(byId.values());
    }

    @Override
    public int shortId(String collectionId) {
      return 1;
    }

    @Override
    public Optional<String> collectionId(int shortId) {
      return Optional.empty();
    }

    @Override
    public List<CollectionVersion> add(List<CollectionVersion> versions) {
      put(versions);
      return versions;
    }

    @Override
    public void put(List<CollectionVersion> versions) {
      versions.forEach(version -> byId.put(version.versionId(), version));
    }

    @Override
    public IndexDescription createIndex(CollectionVersion collection, IndexDescription index) {
      var indexes = new ArrayList<>(collection.indexes());
      indexes.add(index);
      put(List.of(collection.withIndexes(indexes)));
      return index;
    }

    @Override
    public void dropIndex(CollectionVersion collection, String indexName) {
      throw new AssertionError("not reached for an unknown index");
    }
  }
}
