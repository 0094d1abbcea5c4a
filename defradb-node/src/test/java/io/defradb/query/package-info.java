/** Tests of the query room over hand-made fakes of the database's doors. */
@NullMarked
package io.defradb.query;

import org.jspecify.annotations.NullMarked;
