/**
 * How every example is run: the options they share, the settings of Kafka Streams these become, and
 * an orderly end. It must not know any example.
 */
@NullMarked
package io.defradb.streams.run;

import org.jspecify.annotations.NullMarked;
