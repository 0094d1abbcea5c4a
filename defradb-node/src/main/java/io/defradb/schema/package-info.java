/**
 * Collections as they are described and hashed: versions, fields, relations, indexes, patches and
 * when they are valid. Pure.
 */
@NullMarked
package io.defradb.schema;

import org.jspecify.annotations.NullMarked;
