package io.defradb.http.endpoint.block;

import io.defradb.acp.Asker;
import io.defradb.crypto.KeyType;
import io.defradb.crypto.PublicKey;
import io.defradb.db.BlockSignature;
import io.defradb.db.CommitAccess;
import io.defradb.db.Transaction;
import io.defradb.document.JsonWriter;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.multiformats.Cid;

/** Says whether a block was signed by a key: null when it was, an error when not. */
record VerifySignatureEndpoint() implements Endpoint {
  private static final String TEXT = "{\"type\":\"string\"}";

  @Override
  public Operation operation() {
    return Operation.api(
            Method.GET, "/block/verify-signature", "verify_block", "schema", "Check a signature")
        .query("cid", "CID of the block", TEXT)
        .query("public-key", "Public key in hex", TEXT)
        .query("type", "secp256k1, the default, or ed25519", TEXT)
        .answers("{\"nullable\":true}");
  }

  @Override
  public Answer answer(HttpCall call) {
    String cid = required(call, "cid");
    String hex = required(call, "public-key");
    String type = call.query("type");
    PublicKey key =
        PublicKey.parse(
            type == null || type.isEmpty() ? KeyType.SECP256K1 : KeyType.byWord(type), hex);
    call.transact(
        true,
        transaction -> {
          requireVisible(transaction, call.asker(), Cid.fromText(cid));
          BlockSignature.requireSignedBy(key, Cid.fromText(cid), transaction.commits());
          return Answer.empty();
        });
    return Answer.json(new JsonWriter().nullValue());
  }

  private static void requireVisible(Transaction transaction, Asker asker, Cid cid) {
    if (!new CommitAccess(transaction, asker).isVisible(cid)) {
      throw new DefraException(ErrorCode.FORBIDDEN, "missing permission");
    }
  }

  private static String required(HttpCall call, String name) {
    String value = call.query(name);
    if (value == null || value.isEmpty()) {
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT, "required parameter " + name + " is missing");
    }
    return value;
  }
}
