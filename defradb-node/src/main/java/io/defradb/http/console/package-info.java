/**
 * The console in the browser: a page, its scripts, and GraphiQL from its WebJar, all from the class
 * path. It uses the HTTP API as anybody does and knows nothing else of the node. The door is {@link
 * io.defradb.http.console.ConsoleEndpoints}.
 */
@NullMarked
package io.defradb.http.console;

import org.jspecify.annotations.NullMarked;
