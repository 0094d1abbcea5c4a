package io.defradb.schema.rule;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules of each operation, in the order in which faults are reported. All rules run; all faults
 * are reported together, a line each. Safe for use by many threads when its {@link PolicyCheck} is.
 */
public final class RuleBook {
  private static final List<Rule> CHANGES =
      List.of(
          ChangeRules::sourcesStay,
          ChangeRules::indexesStay,
          ChangeRules::fieldsStay,
          ChangeRules::policyStays,
          ChangeRules::versionIdsDiffer,
          ChangeRules::oneVersionIsActive,
          ChangeRules::collectionIdStays,
          ChangeRules::schemaIsKnown,
          ChangeRules::fieldIsKept,
          ChangeRules::fieldIsUnchanged,
          ChangeRules::fieldIsNotMoved,
          ChangeRules::nameStays);
  private static final List<Rule> COLLECTION_CHANGES =
      List.of(
          ChangeRules::nothingIsAdded, ChangeRules::nothingIsRemoved, ChangeRules::branchableStays);

  /** Found by the reference only when nothing else was wrong. */
  private static final List<Rule> TYPES =
      List.of(FieldRules::canBecomeType, CollectionRules::onlyViewsAreEmbedded);

  private final List<Rule> always;

  public RuleBook(PolicyCheck policyCheck) {
    this.always =
        List.of(
            CollectionRules::namesDiffer,
            RelationRules::pointsToKnownType,
            RelationRules::secondaryPairsUp,
            RelationRules::onePrimarySide,
            CollectionRules.policyExists(policyCheck),
            FieldRules::schemaHasName,
            CollectionRules::hasName,
            RelationRules::keyIsId,
            RelationRules::manySideIsLocal,
            FieldRules::crdtIsSupported,
            FieldRules::crdtFitsKind,
            FieldRules::namesDiffer,
            RelationRules::selfIsNamedSelf,
            CollectionRules::onlyViewsAreComputed,
            CollectionRules::materializedHasNoPolicy,
            EmbeddingRules::fieldHoldsVectors,
            EmbeddingRules::sourcesAreText,
            EmbeddingRules::providerIsKnown);
  }

  /**
   * Checks new collections.
   *
   * @param after the new ones, then those there are
   * @throws io.defradb.error.DefraException INVALID_SCHEMA with every fault
   */
  public void checkNew(List<Definition> after, List<Definition> before) {
    check(List.of(), TYPES, after, before);
  }

  /** Checks a new version of a schema; {@code after}: it, then the active ones of other names. */
  public void checkSchemaPatch(List<Definition> after, List<Definition> before) {
    check(CHANGES, TYPES, after, before);
  }

  /** Checks patched descriptions, all of them, active or not. */
  public void checkCollectionPatch(List<Definition> after, List<Definition> before) {
    var changes = new ArrayList<>(CHANGES);
    changes.addAll(COLLECTION_CHANGES);
    var types = new ArrayList<>(TYPES);
    types.add(CollectionRules::relationsHaveActiveTypes);
    check(changes, types, after, before);
  }

  private void check(
      List<Rule> changes, List<Rule> types, List<Definition> after, List<Definition> before) {
    var then = new Definitions(after);
    var now = new Definitions(before);
    run(changes, always, then, now);
    run(types, List.of(), then, now);
  }

  private static void run(
      List<Rule> first, List<Rule> second, Definitions after, Definitions before) {
    var faults = new Faults();
    first.forEach(rule -> rule.check(after, before, faults));
    second.forEach(rule -> rule.check(after, before, faults));
    faults.throwAny();
  }
}
