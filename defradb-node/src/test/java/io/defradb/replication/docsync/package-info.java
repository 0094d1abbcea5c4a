/** Tests of document sync. */
@NullMarked
package io.defradb.replication.docsync;

import org.jspecify.annotations.NullMarked;
