/** How what the source shows over JMX is named. It knows no other room. */
@NullMarked
package io.defradb.connect.source.jmx;

import org.jspecify.annotations.NullMarked;
