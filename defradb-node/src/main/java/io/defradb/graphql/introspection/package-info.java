/**
 * Answers {@code __schema} and {@code __type} from the types alone, in the reference's form. {@link
 * io.defradb.graphql.introspection.Introspection} is the door. Reads no catalog and no documents.
 */
@NullMarked
package io.defradb.graphql.introspection;

import org.jspecify.annotations.NullMarked;
