/**
 * How the node reports: the form of its log lines and the names of its metrics, one list of each.
 * It knows no other room but {@code error} and {@code document}'s JSON form.
 */
@NullMarked
package io.defradb.telemetry;

import org.jspecify.annotations.NullMarked;
