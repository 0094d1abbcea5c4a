/**
 * The database: the only room that opens transactions. It answers and publishes; it does not know
 * who calls.
 */
@NullMarked
package io.defradb.db;

import org.jspecify.annotations.NullMarked;
