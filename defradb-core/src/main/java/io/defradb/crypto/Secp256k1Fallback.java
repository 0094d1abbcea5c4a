package io.defradb.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/** The curve in Java, where no native library fits. */
final class Secp256k1Fallback {
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
  private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);
  private static final BigInteger HALF_ORDER = DOMAIN.getN().shiftRight(1);

  private Secp256k1Fallback() {}

  static boolean isSecret(byte[] secret) {
    BigInteger scalar = new BigInteger(1, secret);
    return scalar.signum() > 0 && scalar.compareTo(DOMAIN.getN()) < 0;
  }

  static byte[] publicPoint(byte[] secret) {
    return new FixedPointCombMultiplier()
        .multiply(DOMAIN.getG(), new BigInteger(1, secret))
        .getEncoded(false);
  }

  static byte[] uncompressed(byte[] point) {
    return Points.decode(CURVE, point);
  }

  static byte[] sign(byte[] digest, byte[] secret) {
    var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, secret), DOMAIN));
    BigInteger[] signature = signer.generateSignature(digest);
    BigInteger s = signature[1];
    BigInteger low = s.compareTo(HALF_ORDER) > 0 ? DOMAIN.getN().subtract(s) : s;
    byte[] compact = new byte[DerSignature.COMPACT_BYTES];
    System.arraycopy(BigIntegers.asUnsignedByteArray(32, signature[0]), 0, compact, 0, 32);
    System.arraycopy(BigIntegers.asUnsignedByteArray(32, low), 0, compact, 32, 32);
    return compact;
  }

  static boolean verifies(byte[] compact, byte[] digest, byte[] point) {
    var signer = new ECDSASigner();
    signer.init(false, new ECPublicKeyParameters(CURVE.getCurve().decodePoint(point), DOMAIN));
    return signer.verifySignature(
        digest,
        new BigInteger(1, Arrays.copyOf(compact, 32)),
        new BigInteger(1, Arrays.copyOfRange(compact, 32, 64)));
  }
}
