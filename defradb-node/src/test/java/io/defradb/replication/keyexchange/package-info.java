/** Tests of the exchange of keys. */
@NullMarked
package io.defradb.replication.keyexchange;

import org.jspecify.annotations.NullMarked;
