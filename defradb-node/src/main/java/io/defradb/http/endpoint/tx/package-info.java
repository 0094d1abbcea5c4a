/** Transactions that a client opens, commits and discards. */
@NullMarked
package io.defradb.http.endpoint.tx;

import org.jspecify.annotations.NullMarked;
