/**
 * What a command is: its name, flags and arguments as data, and what it does. Only the commands on
 * the way to the one that was asked for are ever made. Its door: {@link
 * io.defradb.cli.command.Command}, {@link io.defradb.cli.command.Group}, {@link
 * io.defradb.cli.command.Dispatcher}.
 */
@NullMarked
package io.defradb.cli.command;

import org.jspecify.annotations.NullMarked;
