package io.defradb.schema;

import io.defradb.crdt.CrdtType;

/** A field as it is hashed into a version ID. */
public record SchemaField(String name, SchemaFieldKind kind, CrdtType crdt) {}
