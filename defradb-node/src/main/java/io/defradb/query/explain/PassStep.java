package io.defradb.query.explain;

/** Computes something for every row and passes it on: an aggregate, a similarity. */
final class PassStep extends OverStep {
  PassStep(String name, Step source) {
    super(name, source);
  }

  @Override
  boolean advance() {
    return source().next();
  }
}
