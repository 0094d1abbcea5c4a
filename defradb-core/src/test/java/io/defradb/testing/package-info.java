/** What tests of every module share: golden vectors, ports, folders that go, and patience. */
@NullMarked
package io.defradb.testing;

import org.jspecify.annotations.NullMarked;
