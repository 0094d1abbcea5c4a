/**
 * MBeans that programs of this product show, each gone with what it tells of. It knows no other
 * room.
 */
@NullMarked
package io.defradb.client.jmx;

import org.jspecify.annotations.NullMarked;
