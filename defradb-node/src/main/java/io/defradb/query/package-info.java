/**
 * A request becomes rows. Its door: {@link io.defradb.query.RequestRunner}. It plans ({@code
 * plan}), rewrites ({@code rule}) and pulls ({@code operator}) on one transaction, for one asker,
 * and prints JSON as it pulls. It does not know GraphQL text, HTTP, storage or who commits.
 */
@NullMarked
package io.defradb.query;

import org.jspecify.annotations.NullMarked;
