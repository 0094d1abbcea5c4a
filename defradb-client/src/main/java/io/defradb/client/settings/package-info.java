/**
 * What every program of this product does with settings by name: tells a mistyped one from a
 * foreign one, and reaches a node by those that all connectors share.
 */
@NullMarked
package io.defradb.client.settings;

import org.jspecify.annotations.NullMarked;
