package io.defradb.replication.topic;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.ipld.CborWriter;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.replication.pushlog.CborFields;

/**
 * An answer to a message of a topic: the DAG-CBOR map {@code ID, Err, Data, From}, in this order
 * (network specification, section 7.5).
 *
 * @param id of the request: see {@link #id}
 * @param error empty for success
 */
record TopicResponse(String id, String error, Bytes data) {
  private static final int MEMBERS = 4;

  /** The name of a request: the CID, codec raw, of its bytes. */
  static String id(Bytes request) {
    return Cid.of(Cid.RAW, request.unsafeArray()).toString();
  }

  Bytes encode() {
    return Bytes.wrap(
        new CborWriter(64 + id.length() + error.length() + data.length())
            .mapHeader(MEMBERS)
            .text("ID")
            .text(id)
            .text("Err")
            .text(error)
            .text("Data")
            .bytes(data)
            .text("From")
            .bytes(Bytes.EMPTY)
            .toBytes());
  }

  /** All four members must be there; throws {@code INVALID_CBOR}. */
  static TopicResponse decode(Bytes message) {
    var fields = new CborFields(message);
    String id = null;
    String error = null;
    Bytes data = null;
    Bytes from = null;
    while (fields.hasNext()) {
      switch (fields.next()) {
        case "id" -> id = fields.value().text();
        case "err" -> error = fields.value().text();
        case "data" -> data = fields.value().bytes();
        case "from" -> from = fields.value().bytes();
        default -> fields.skip();
      }
    }
    if (id == null || error == null || data == null || from == null) {
      throw new DefraException(ErrorCode.INVALID_CBOR, "a response without all its members");
    }
    return new TopicResponse(id, error, data);
  }
}
