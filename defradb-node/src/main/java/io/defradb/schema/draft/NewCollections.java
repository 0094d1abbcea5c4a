package io.defradb.schema.draft;

import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexRequest;
import io.defradb.schema.SchemaIds;
import io.defradb.schema.rule.Definition;
import io.defradb.schema.rule.RuleBook;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes collections of drafts: completes, hashes and checks them. Pure; safe for use by many
 * threads.
 */
public final class NewCollections {
  private final RuleBook rules;

  public NewCollections(RuleBook rules) {
    this.rules = rules;
  }

  /**
   * The collections that the drafts of one text describe.
   *
   * @param active the active versions there are
   * @return active versions with IDs and indexes, in the order of the drafts
   * @throws io.defradb.error.DefraException INVALID_SCHEMA, INVALID_INDEX
   */
  public List<CollectionVersion> make(
      List<CollectionDraft> drafts, List<CollectionVersion> active) {
    var completion = new DraftCompletion(drafts);
    List<CollectionVersion> made = completion.collections(SchemaIds.assign(completion.schemas()));
    List<Definition> before = active.stream().map(Definition::of).toList();
    var after = new ArrayList<>(made.stream().map(Definition::of).toList());
    after.addAll(before);
    rules.checkNew(after, before);

    var indexed = new ArrayList<CollectionVersion>(made.size());
    for (int i = 0; i < made.size(); i++) {
      CollectionVersion collection = made.get(i);
      for (IndexRequest index : drafts.get(i).indexes()) {
        var indexes = new ArrayList<>(collection.indexes());
        indexes.add(index.describe(collection, indexes.size() + 1));
        collection = collection.withIndexes(indexes);
      }
      indexed.add(collection);
    }
    return indexed;
  }
}
