/**
 * Collection definitions as SDL texts: {@link io.defradb.graphql.sdl.SdlReader} turns one into
 * drafts of collections. A lexer and parser of its own, because the words and positions of its
 * faults are what users know, and because it stays within bounds on any text. Knows nothing of the
 * database; what is already there is checked later, by {@code schema.rule}.
 */
@NullMarked
package io.defradb.graphql.sdl;

import org.jspecify.annotations.NullMarked;
