package io.defradb.request;

/**
 * What one top-level field of an operation asks for. {@code responseName} is its key in the answer.
 */
public sealed interface RootField permits Select, CommitSelect, TopAggregate, Mutation, TypeName {
  String responseName();
}
