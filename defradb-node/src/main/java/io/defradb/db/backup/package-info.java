/**
 * Export and import of documents as one JSON text (data-model specification, section 16): current
 * values only, no history. Doors: {@link io.defradb.db.backup.BackupExport} and {@link
 * io.defradb.db.backup.BackupImport}. Files are the caller's.
 */
@NullMarked
package io.defradb.db.backup;

import org.jspecify.annotations.NullMarked;
