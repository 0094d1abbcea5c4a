package io.defradb.schema.rule;

/** Looks at definitions as they would be and as they are, and reports what must not be. */
@FunctionalInterface
interface Rule {
  void check(Definitions after, Definitions before, Faults faults);
}
