/**
 * Settings and where their values come from (cli specification, section 2): flags, environment,
 * secret file, {@code config.yaml}, defaults. Its door: {@link io.defradb.cli.config.Settings}.
 */
@NullMarked
package io.defradb.cli.config;

import org.jspecify.annotations.NullMarked;
