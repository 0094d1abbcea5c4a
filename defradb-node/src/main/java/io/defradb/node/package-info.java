/**
 * The composition root: builds the rooms from a {@link io.defradb.node.NodeConfig}, starts and
 * stops them in order. The one place that says {@code new} across rooms and reads clocks.
 */
@NullMarked
package io.defradb.node;

import org.jspecify.annotations.NullMarked;
