package io.defradb.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * Private keys in the older PEM forms that key generators still write ({@code EC PRIVATE KEY}, RFC
 * 5915, and {@code RSA PRIVATE KEY}, RFC 8017 A.1.2) brought into PKCS #8.
 */
final class PemKey {
  private PemKey() {}

  /** Any other PEM text is answered as it is. */
  static byte[] asPkcs8(byte[] pem) throws IOException {
    String text = new String(pem, StandardCharsets.ISO_8859_1);
    byte[] ec = section(text, "EC PRIVATE KEY");
    if (ec.length > 0) {
      var key = ECPrivateKey.getInstance(ASN1Sequence.getInstance(ec));
      var algorithm =
          new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject());
      return write(new PrivateKeyInfo(algorithm, key));
    }
    byte[] rsa = section(text, "RSA PRIVATE KEY");
    if (rsa.length > 0) {
      var algorithm =
          new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
      return write(new PrivateKeyInfo(algorithm, ASN1Sequence.getInstance(rsa)));
    }
    return pem;
  }

  private static byte[] section(String text, String title) {
    String begin = "-----BEGIN " + title + "-----";
    int from = text.indexOf(begin);
    int to = text.indexOf("-----END " + title + "-----");
    if (from < 0 || to < from) {
      return new byte[0];
    }
    return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
  }

  private static byte[] write(PrivateKeyInfo key) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return ("-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
