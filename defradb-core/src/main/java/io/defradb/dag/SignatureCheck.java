package io.defradb.dag;

import io.defradb.crypto.KeyType;
import io.defradb.crypto.PublicKey;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.identity.PublicIdentity;
import io.defradb.multiformats.Bytes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who signed blocks that came from elsewhere (data-model specification, section 10). Remembers
 * signers, so that their keys are not parsed for each block. Safe for use by many threads.
 */
public final class SignatureCheck {
  private static final int SIGNERS_MAX = 1024;

  private final Map<SignerName, PublicIdentity> identities = new ConcurrentHashMap<>();

  public SignatureCheck() {}

  private record SignerName(String type, Bytes identity) {}

  /**
   * The DID of the signer.
   *
   * @throws DefraException SIGNATURE_INVALID
   */
  public String signer(Block block, Bytes signatureBlock) {
    SignatureBlock signature = SignatureBlock.decode(signatureBlock.unsafeArray());
    PublicIdentity identity = identity(new SignerName(signature.type(), signature.identity()));
    var signed = new Block(block.delta(), block.heads(), block.links(), block.encryption(), null);
    boolean isValid =
        identity.publicKey().verifies(BlockCodec.encode(signed), signature.value().unsafeArray());
    if (!isValid) {
      throw new DefraException(ErrorCode.SIGNATURE_INVALID, "signature verification failed");
    }
    return identity.did();
  }

  private PublicIdentity identity(SignerName name) {
    PublicIdentity known = identities.get(name);
    if (known == null) {
      known = parse(name);
      if (identities.size() >= SIGNERS_MAX) {
        identities.clear(); // those that sign still come back
      }
      identities.put(name, known);
    }
    return known;
  }

  private static PublicIdentity parse(SignerName name) {
    for (KeyType type : KeyType.values()) {
      if (type.algorithm().equals(name.type()) && type != KeyType.SECP256R1) {
        try {
          return PublicIdentity.of(PublicKey.parse(type, name.identity().toUtf8()));
        } catch (DefraException e) {
          throw new DefraException(ErrorCode.SIGNATURE_INVALID, "signature verification failed", e);
        }
      }
    }
    throw new DefraException(
        ErrorCode.SIGNATURE_INVALID, "unsupported signature type", "Type", name.type());
  }
}
