/** Tests of the filter operators. */
@NullMarked
package io.defradb.query.filter;

import org.jspecify.annotations.NullMarked;
