/**
 * When descriptions are valid: a rule a method, in the order in which the reference reports them,
 * and the three lists of them, for new collections, patched schemas and patched collections ({@link
 * io.defradb.schema.rule.RuleBook}). Pure; knows nothing of JSON, SDL or who asks.
 */
@NullMarked
package io.defradb.schema.rule;

import org.jspecify.annotations.NullMarked;
