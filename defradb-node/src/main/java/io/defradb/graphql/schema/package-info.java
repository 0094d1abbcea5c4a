/**
 * The types that collections generate, and the answers to introspection. {@link
 * io.defradb.graphql.schema.TypeSystem} is the door: made from the active collection versions, kept
 * for as long as the catalog stays as it is. Reads no documents and knows no plans.
 */
@NullMarked
package io.defradb.graphql.schema;

import org.jspecify.annotations.NullMarked;
