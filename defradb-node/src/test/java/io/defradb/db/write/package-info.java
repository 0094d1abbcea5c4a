/** Tests of how documents are written. They know no store. */
@NullMarked
package io.defradb.db.write;

import org.jspecify.annotations.NullMarked;
