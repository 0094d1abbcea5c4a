/** Export and import of documents as files of the node. */
@NullMarked
package io.defradb.http.endpoint.backup;

import org.jspecify.annotations.NullMarked;
