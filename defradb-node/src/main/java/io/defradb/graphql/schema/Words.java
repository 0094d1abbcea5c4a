package io.defradb.graphql.schema;

/** Descriptions that introspection shows in many places. */
final class Words {
  static final String LIMIT = "How many results at most; zero means no limit.";
  static final String OFFSET = "How many results to leave out first.";
  static final String CID = "Read documents as they were at the commit with this CID.";
  static final String DOC_IDS = "Only documents whose docID is in this list.";
  static final String FILTER = "Only documents that match.";
  static final String GROUP_BY = "Group by these fields; all others are reached through '_group'.";
  static final String ORDER = "How to sort the results; the first entry counts most.";
  static final String SHOW_DELETED = "Show deleted documents too, here and below.";
  static final String AGGREGATE_FILTER = "Only documents that match are aggregated.";
  static final String VECTOR = "The vector to compare with.";
  static final String COUNT = "How many items there are in the given sets together.";
  static final String SUM = "The sum of the field over the given sets together.";
  static final String AVERAGE = "The average of the field over the given sets together.";
  static final String MIN = "The smallest value of the field over the given sets together.";
  static final String MAX = "The greatest value of the field over the given sets together.";
  static final String SIMILARITY = "The dot product of an array field and a vector.";
  static final String DOC_ID = "The identity of the document.";
  static final String DELETED = "Whether the document is deleted.";
  static final String GROUP = "The documents of this group.";
  static final String VERSION = "The commits of this document, newest first.";
  static final String AND = "All of these conditions hold.";
  static final String OR = "At least one of these conditions holds.";
  static final String NOT = "This condition does not hold.";
  static final String ALIAS = "Values by their name in the answer.";
  static final String LINKS = "The commits that this one is made of or follows.";

  private Words() {}
}
