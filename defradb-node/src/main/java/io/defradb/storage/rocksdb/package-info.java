/**
 * The store on disk: RocksDB behind the port of {@code storage}. Its door is {@link
 * io.defradb.storage.rocksdb.RocksDbStore}; no type of RocksDB leaves this room, and it must not
 * know what keys and values mean.
 */
@NullMarked
package io.defradb.storage.rocksdb;

import org.jspecify.annotations.NullMarked;
