package io.defradb.http;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Somebody who signs certificates: a root, one below it, or a server. */
record TestAuthority(String name, KeyPair keys, X509Certificate certificate) {

  static KeyPair ec(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  static KeyPair rsa() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  static TestAuthority root() throws Exception {
    KeyPair keys = ec("secp256r1");
    return new TestAuthority("root", keys, sign("root", keys, "root", keys, true));
  }

  TestAuthority intermediate() throws Exception {
    KeyPair below = ec("secp384r1");
    return new TestAuthority("intermediate", below, sign("intermediate", below, name, keys, true));
  }

  /** For {@code localhost}. */
  TestAuthority server(KeyPair server) throws Exception {
    return new TestAuthority("server", server, sign("server", server, name, keys, false));
  }

  private static X509Certificate sign(
      String subject, KeyPair certified, String issuer, KeyPair signer, boolean isAuthority)
      throws Exception {
    boolean isRsa = signer.getPrivate().getAlgorithm().equals("RSA");
    var algorithm =
        isRsa
            ? new AlgorithmIdentifier(
                PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE)
            : new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    var extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
    extensions.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
    var content = new V3TBSCertificateGenerator();
    content.setSerialNumber(new ASN1Integer(BigInteger.valueOf(System.nanoTime())));
    content.setSignature(algorithm);
    content.setIssuer(new X500Name("CN=" + issuer));
    content.setSubject(new X500Name("CN=" + subject));
    content.setStartDate(new Time(Date.from(Instant.now().minus(Duration.ofDays(1)))));
    content.setEndDate(new Time(Date.from(Instant.now().plus(Duration.ofDays(1)))));
    content.setSubjectPublicKeyInfo(
        SubjectPublicKeyInfo.getInstance(certified.getPublic().getEncoded()));
    content.setExtensions(extensions.generate());
    TBSCertificate written = content.generateTBSCertificate();

    var signature = Signature.getInstance(isRsa ? "SHA256withRSA" : "SHA256withECDSA");
    signature.initSign(signer.getPrivate());
    signature.update(written.getEncoded("DER"));
    var whole = new ASN1EncodableVector();
    whole.add(written);
    whole.add(algorithm);
    whole.add(new DERBitString(signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(new DERSequence(whole).getEncoded("DER")));
  }

  String certificatePem() throws Exception {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  /** The key in PKCS #8. */
  String pkcs8() {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  /** The key on P-256 as {@code openssl ecparam -genkey} writes it: parameters, then SEC 1. */
  String sec1() throws Exception {
    PrivateKeyInfo info = PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded());
    ASN1Encodable curve = info.getPrivateKeyAlgorithm().getParameters();
    var bare = ECPrivateKey.getInstance(info.parsePrivateKey());
    var key = new ECPrivateKey(256, bare.getKey(), curve);
    return pem("EC PARAMETERS", curve.toASN1Primitive().getEncoded())
        + pem("EC PRIVATE KEY", key.getEncoded());
  }

  /** The key in PKCS #1. */
  String pkcs1() throws Exception {
    PrivateKey key = keys.getPrivate();
    return pem(
        "RSA PRIVATE KEY",
        PrivateKeyInfo.getInstance(key.getEncoded())
            .parsePrivateKey()
            .toASN1Primitive()
            .getEncoded());
  }

  static String pem(String title, byte[] der) {
    return "-----BEGIN "
        + title
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + title
        + "-----\n";
  }
}
