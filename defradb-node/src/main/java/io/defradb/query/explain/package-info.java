/**
 * Plans as users are shown them: the tree of the query language specification, section 8, made of
 * the request in the reference's words. Its door: {@link io.defradb.query.explain.Explainer}. It
 * reads no document and changes nothing. Pure.
 */
@NullMarked
package io.defradb.query.explain;

import org.jspecify.annotations.NullMarked;
