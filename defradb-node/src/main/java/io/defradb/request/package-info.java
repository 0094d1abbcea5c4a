/** What is asked, as sealed records: the form between the GraphQL door and the query planner. */
@NullMarked
package io.defradb.request;

import org.jspecify.annotations.NullMarked;
