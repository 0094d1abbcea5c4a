package io.defradb.quickstart;

/** Names that the run and the files in {@code config} agree on. */
final class Names {
  static final String RECORDS_TOPIC = "airports";
  static final String EVENTS_TOPIC = "defradb.Airport";
  static final String LAKE_GROUP = "defradb-lake";
  static final String SINK = "airports-sink";
  static final String SOURCE = "airports-source";

  private Names() {}
}
