/**
 * Collection definitions as SDL texts: {@link io.defradb.graphql.sdl.SdlReader} turns one into
 * drafts of collections. A parser of its own over the tokens of {@code graphql.syntax}, because the
 * words and positions of its faults are what users know, and because it stays within bounds on any
 * text. Knows nothing of the database; what is already there is checked later, by {@code
 * schema.rule}.
 */
@NullMarked
package io.defradb.graphql.sdl;

import org.jspecify.annotations.NullMarked;
