/** Tests of whole sub-DAGs. */
@NullMarked
package io.defradb.replication.subdag;

import org.jspecify.annotations.NullMarked;
