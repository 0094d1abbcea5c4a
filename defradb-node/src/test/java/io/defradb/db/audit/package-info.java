/** Checks of a whole store: that what is kept of a commit in several places agrees. */
@NullMarked
package io.defradb.db.audit;

import org.jspecify.annotations.NullMarked;
