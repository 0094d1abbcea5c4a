/** Keys without a node: {@code defradb keyring} and {@code defradb identity}. */
@NullMarked
package io.defradb.cli.keyring;

import org.jspecify.annotations.NullMarked;
