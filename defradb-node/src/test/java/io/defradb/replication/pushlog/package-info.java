/** Commits told from database to database over memory. */
@NullMarked
package io.defradb.replication.pushlog;

import org.jspecify.annotations.NullMarked;
