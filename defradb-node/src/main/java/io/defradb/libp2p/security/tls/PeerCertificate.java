package io.defradb.libp2p.security.tls;

import io.defradb.crypto.PublicKey;
import io.defradb.crypto.Signer;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.peer.PeerKeys;
import io.defradb.multiformats.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A self-signed certificate with a key of its own, an ECDSA one on P-256, that says in an extension
 * whose it is: {@code SEQUENCE {OCTET STRING public key message, OCTET STRING signature}}, where
 * the peer's key signs {@code libp2p-tls-handshake:} and the certificate's public key.
 */
record PeerCertificate(PrivateKey key, X509Certificate certificate) {
  private static final ASN1ObjectIdentifier OWNER =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.53594.1.1");
  private static final byte[] SIGNED_PREFIX =
      "libp2p-tls-handshake:".getBytes(StandardCharsets.US_ASCII);
  private static final Duration VALID_BEFORE = Duration.ofHours(1);
  private static final Duration VALID_AFTER = Duration.ofDays(36_500);
  private static final int SERIAL_BITS = 63;

  static PeerCertificate make(Signer owner, SecureRandom random, Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair keys = generator.generateKeyPair();
      byte[] publicKey = keys.getPublic().getEncoded();
      TBSCertificate content = content(owner, publicKey, random, now);

      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate(), random);
      signature.update(content.getEncoded(ASN1Encoding.DER));
      var whole = new ASN1EncodableVector();
      whole.add(content);
      whole.add(algorithm());
      whole.add(new DERBitString(signature.sign()));
      byte[] der = new DERSequence(whole).getEncoded(ASN1Encoding.DER);
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
      return new PeerCertificate(keys.getPrivate(), certificate);
    } catch (GeneralSecurityException | IOException e) {
      throw new DefraException(ErrorCode.INTERNAL, "cannot make a certificate", e);
    }
  }

  private static AlgorithmIdentifier algorithm() {
    return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
  }

  private static TBSCertificate content(
      Signer owner, byte[] publicKey, SecureRandom random, Instant now) throws IOException {
    var claim = new ASN1EncodableVector();
    claim.add(new DEROctetString(PeerKeys.encode(owner.publicKey()).unsafeArray()));
    claim.add(new DEROctetString(owner.sign(signedBytes(publicKey))));
    var name = new X500Name("CN=libp2p");
    var generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(new BigInteger(SERIAL_BITS, random)));
    generator.setSignature(algorithm());
    generator.setIssuer(name);
    generator.setSubject(name);
    generator.setStartDate(new Time(Date.from(now.minus(VALID_BEFORE))));
    generator.setEndDate(new Time(Date.from(now.plus(VALID_AFTER))));
    generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(publicKey));
    generator.setExtensions(
        new Extensions(
            new Extension(OWNER, false, new DERSequence(claim).getEncoded(ASN1Encoding.DER))));
    return generator.generateTBSCertificate();
  }

  /**
   * Whose certificate it is. Throws {@code SIGNATURE_INVALID}, {@code PEER_FAULT}, {@code
   * INVALID_KEY} unless it signed itself and a peer's key vouches for it.
   */
  static PeerId verifiedPeer(X509Certificate certificate) {
    byte[] extension = certificate.getExtensionValue(OWNER.getId());
    if (extension == null) {
      throw new DefraException(ErrorCode.PEER_FAULT, "the certificate names no peer");
    }
    try {
      certificate.verify(certificate.getPublicKey());
    } catch (GeneralSecurityException e) {
      throw new DefraException(ErrorCode.SIGNATURE_INVALID, "the certificate is not its own", e);
    }
    requireWholeSignature(certificate);
    Bytes keyMessage;
    byte[] signature;
    try {
      var claim = ASN1Sequence.getInstance(ASN1OctetString.getInstance(extension).getOctets());
      keyMessage = Bytes.wrap(ASN1OctetString.getInstance(claim.getObjectAt(0)).getOctets());
      signature = ASN1OctetString.getInstance(claim.getObjectAt(1)).getOctets();
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new DefraException(ErrorCode.PEER_FAULT, "the certificate's claim is malformed", e);
    }
    PublicKey owner = PeerKeys.decode(keyMessage);
    if (!owner.verifies(signedBytes(certificate.getPublicKey().getEncoded()), signature)) {
      throw new DefraException(
          ErrorCode.SIGNATURE_INVALID, "the peer does not vouch for the certificate");
    }
    return PeerId.ofKeyMessage(keyMessage);
  }

  /**
   * The JDK cuts off bits that are said to be unused: there would be other bytes for one meaning.
   */
  private static void requireWholeSignature(X509Certificate certificate) {
    try {
      if (Certificate.getInstance(certificate.getEncoded()).getSignature().getPadBits() != 0) {
        throw new DefraException(
            ErrorCode.SIGNATURE_INVALID, "the certificate's signature is not whole bytes");
      }
    } catch (CertificateEncodingException | IllegalArgumentException e) {
      throw new DefraException(ErrorCode.PEER_FAULT, "the certificate is malformed", e);
    }
  }

  private static byte[] signedBytes(byte[] publicKey) {
    byte[] signed = new byte[SIGNED_PREFIX.length + publicKey.length];
    System.arraycopy(SIGNED_PREFIX, 0, signed, 0, SIGNED_PREFIX.length);
    System.arraycopy(publicKey, 0, signed, SIGNED_PREFIX.length, publicKey.length);
    return signed;
  }
}
