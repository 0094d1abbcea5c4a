/**
 * The GraphQL language: tokens, documents of operations, literals, and the faults of texts that are
 * none. {@link io.defradb.graphql.syntax.OperationParser} is its door. A parser of its own, because
 * users see the words and positions of its faults, because it stays within bounds on any text, and
 * because it is there at once when a node starts. Knows no types and no collections.
 */
@NullMarked
package io.defradb.graphql.syntax;

import org.jspecify.annotations.NullMarked;
