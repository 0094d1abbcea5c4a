/** JMH benchmarks of the hot paths, one question a class. Never shipped. */
@NullMarked
package io.defradb.benchmarks;

import org.jspecify.annotations.NullMarked;
