/**
 * The connector's configuration: every key with its type, default and meaning, and what is wrong
 * with a given one.
 */
@NullMarked
package io.defradb.connect.source.settings;

import org.jspecify.annotations.NullMarked;
