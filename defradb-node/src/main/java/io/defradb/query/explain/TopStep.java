package io.defradb.query.explain;

/** The name under which a selection's steps stand below a change. */
final class TopStep extends OverStep {
  TopStep(Step source) {
    super("selectTopNode", source);
  }

  @Override
  boolean advance() {
    return source().next();
  }

  @Override
  Tree attributes(Tree counts) {
    return new Tree();
  }
}
