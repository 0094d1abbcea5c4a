package io.defradb.client.oneshot;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to be sent.
 *
 * @param uri absolute
 * @param body {@code null}: none
 */
record HttpRequestText(
    String method, URI uri, Map<String, String> headers, byte @Nullable [] body) {}
