/**
 * Ingest over HTTP ({@code docs/formats/ingest.md}): batches of external sources and their
 * positions.
 */
@NullMarked
package io.defradb.http.endpoint.ingest;

import org.jspecify.annotations.NullMarked;
