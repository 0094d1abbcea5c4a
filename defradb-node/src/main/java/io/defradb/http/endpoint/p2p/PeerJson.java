package io.defradb.http.endpoint.p2p;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.document.JsonWriter;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.http.JsonBody;
import io.defradb.replication.PeerInfo;
import java.util.ArrayList;
import java.util.List;

/** Peers and lists of names in JSON. */
final class PeerJson {
  static final String INFO =
      "{\"type\":\"object\",\"properties\":{\"ID\":{\"type\":\"string\"},\"Addrs\":"
          + P2pEndpoints.NAMES
          + "}}";

  private PeerJson() {}

  static void write(JsonWriter json, PeerInfo peer) {
    json.beginObject().name("ID").string(peer.id());
    write(json.name("Addrs"), peer.addresses()).endObject();
  }

  static JsonWriter write(JsonWriter json, List<String> texts) {
    json.beginArray();
    texts.forEach(json::string);
    return json.endArray();
  }

  /** What is missing is empty. */
  static PeerInfo peer(JsonNode info) {
    return new PeerInfo(JsonBody.text(info, "ID"), texts(JsonBody.member(info, "Addrs")));
  }

  /**
   * Missing and null are no names.
   *
   * @throws DefraException INVALID_JSON
   */
  static List<String> texts(JsonNode array) {
    if (array.isMissingNode() || array.isNull()) {
      return List.of();
    }
    var texts = new ArrayList<String>(array.size());
    if (!array.isArray()) {
      throw wrongType(array);
    }
    for (JsonNode item : array) {
      if (!item.isTextual()) {
        throw wrongType(item);
      }
      texts.add(item.textValue());
    }
    return texts;
  }

  private static DefraException wrongType(JsonNode found) {
    return new DefraException(
        ErrorCode.INVALID_JSON,
        "json: a list of strings was expected",
        "Found",
        found.getNodeType().name());
  }
}
