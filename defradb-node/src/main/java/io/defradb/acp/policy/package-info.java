/**
 * Policies: what a resource's relations and permissions are, as written by people. {@link
 * io.defradb.acp.policy.PolicyText} reads one, {@link io.defradb.acp.policy.Policy} is one that is
 * valid. Knows no documents, no actors and no store.
 */
@NullMarked
package io.defradb.acp.policy;

import org.jspecify.annotations.NullMarked;
