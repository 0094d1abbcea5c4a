/** Tests of the GraphQL door. */
@NullMarked
package io.defradb.graphql;

import org.jspecify.annotations.NullMarked;
