/**
 * How fast the bridge is: the same servers as the quickstart's, filled and emptied under a clock.
 * It speaks to them over the network, as a user would, and knows none of their insides.
 */
@NullMarked
package io.defradb.quickstart.speed;

import org.jspecify.annotations.NullMarked;
