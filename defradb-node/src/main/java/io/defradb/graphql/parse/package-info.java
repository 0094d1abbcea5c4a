/**
 * Turns a validated operation and its variables into an {@link io.defradb.request.Request}. Every
 * value is coerced here, by the type of its position, so that below nobody coerces again. Knows
 * types and requests, no documents.
 */
@NullMarked
package io.defradb.graphql.parse;

import org.jspecify.annotations.NullMarked;
