/** Tests of topics. */
@NullMarked
package io.defradb.replication.topic;

import org.jspecify.annotations.NullMarked;
