package io.defradb.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * Private keys in each form that key generators write: PKCS #8 ({@code PRIVATE KEY}), SEC 1 ({@code
 * EC PRIVATE KEY}, RFC 5915) and PKCS #1 ({@code RSA PRIVATE KEY}, RFC 8017 A.1.2).
 */
final class TlsKey {
  private static final byte[] PROBE = {1, 2, 3};

  private TlsKey() {}

  /** {@code section}: not an encrypted one. */
  static PrivateKey read(PemSection section) throws GeneralSecurityException, IOException {
    PrivateKeyInfo info =
        switch (section.title()) {
          case "EC PRIVATE KEY" -> ofSec1(section.der());
          case "RSA PRIVATE KEY" -> ofPkcs1(section.der());
          default -> PrivateKeyInfo.getInstance(section.der());
        };
    var algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
    String name;
    if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      name = "RSA";
    } else if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      name = "EC";
    } else {
      throw new GeneralSecurityException("the key is neither an RSA nor an EC key");
    }
    return KeyFactory.getInstance(name).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
  }

  /** Whether one signs what the other verifies. */
  static boolean isPair(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
    if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
      return false;
    }
    var signature =
        Signature.getInstance(
            key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
    signature.initSign(key);
    signature.update(PROBE);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    signature.update(PROBE);
    return signature.verify(signed);
  }

  private static PrivateKeyInfo ofSec1(byte[] der) throws IOException {
    var key = ECPrivateKey.getInstance(ASN1Sequence.getInstance(der));
    var algorithm =
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject());
    return new PrivateKeyInfo(algorithm, key);
  }

  private static PrivateKeyInfo ofPkcs1(byte[] der) throws IOException {
    var algorithm = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    return new PrivateKeyInfo(algorithm, ASN1Sequence.getInstance(der));
  }
}
