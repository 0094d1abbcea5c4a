package io.defradb.request;

/** An aggregate over whole collections: the hosts of its targets are collection names. */
public record TopAggregate(Aggregate aggregate) implements RootField {
  @Override
  public String responseName() {
    return aggregate.responseName();
  }
}
