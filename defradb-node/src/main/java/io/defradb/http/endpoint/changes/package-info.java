/** The change feed over HTTP ({@code docs/formats/changes.md}): entries, snapshots, consumers. */
@NullMarked
package io.defradb.http.endpoint.changes;

import org.jspecify.annotations.NullMarked;
