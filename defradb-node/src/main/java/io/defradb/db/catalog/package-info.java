/** Collection versions as stored and as every transaction sees them. */
@NullMarked
package io.defradb.db.catalog;

import org.jspecify.annotations.NullMarked;
