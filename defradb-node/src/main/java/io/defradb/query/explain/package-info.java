/**
 * Plans as users are shown them: the tree of the query language specification, section 8, made of
 * the request in the reference's words. Its door: {@link io.defradb.query.explain.Explainer}.
 * {@code simple} and {@code debug} read no document and change nothing; {@code execute} runs that
 * tree as {@code Step}s that count. It must not be used to answer requests: it is shaped to be
 * shown.
 */
@NullMarked
package io.defradb.query.explain;

import org.jspecify.annotations.NullMarked;
