/**
 * One request and out: a client for a command of the command line, on a plain socket, ready long
 * before the JDK's client would have loaded its classes. Its door: {@link
 * io.defradb.client.oneshot.OneShotClient}. Programs that live use {@link
 * io.defradb.client.DefraClient}.
 */
@NullMarked
package io.defradb.client.oneshot;

import org.jspecify.annotations.NullMarked;
