/** What the source shows over JMX is registered and named here. It knows no other room. */
@NullMarked
package io.defradb.connect.source.jmx;

import org.jspecify.annotations.NullMarked;
