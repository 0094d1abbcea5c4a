/** Access control: who may read, update and delete which document. Every read path asks here. */
@NullMarked
package io.defradb.acp;

import org.jspecify.annotations.NullMarked;
