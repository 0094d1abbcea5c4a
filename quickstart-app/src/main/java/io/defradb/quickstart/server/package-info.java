/**
 * Broker, worker and node as processes of their own: how they are started, asked and ended. Used by
 * the quickstart and by the system tests. It must not know what data move through them.
 */
@NullMarked
package io.defradb.quickstart.server;

import org.jspecify.annotations.NullMarked;
