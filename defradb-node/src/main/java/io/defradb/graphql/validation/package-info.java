/**
 * Says what is wrong with a request before it is planned, in the reference's words (query language
 * specification, 9). {@link io.defradb.graphql.validation.Validator} is the door. Knows types, no
 * documents.
 */
@NullMarked
package io.defradb.graphql.validation;

import org.jspecify.annotations.NullMarked;
