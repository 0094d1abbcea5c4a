/**
 * Transactions: opened on a snapshot, checked for conflicts, committed in groups. The only room
 * that writes to the store.
 */
@NullMarked
package io.defradb.db.txn;

import org.jspecify.annotations.NullMarked;
