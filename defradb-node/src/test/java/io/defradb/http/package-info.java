/** Tests of the HTTP door over real sockets. */
@NullMarked
package io.defradb.http;

import org.jspecify.annotations.NullMarked;
