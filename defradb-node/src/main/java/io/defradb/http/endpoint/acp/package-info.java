/** Access control over HTTP: policies, who is what to a document, who may administer the node. */
@NullMarked
package io.defradb.http.endpoint.acp;

import org.jspecify.annotations.NullMarked;
