/**
 * Commits of other nodes become part of the documents here: blocks oldest first, each once, one
 * document after the other's turn. What cannot be applied yet is kept, with a note of what it waits
 * for. It must not know how blocks come here.
 */
@NullMarked
package io.defradb.db.merge;

import org.jspecify.annotations.NullMarked;
