package io.defradb.http;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate and key that new connections are served with. {@link #refresh} takes up renewed
 * files; files that do not work change nothing and are told in the log, once. Safe for use by many
 * threads.
 */
final class TlsContext {
  private static final Logger LOG = LoggerFactory.getLogger("http");

  private static final List<String> CIPHERS =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private final HttpSettings.Tls settings;
  private volatile SslContext current;
  private TlsFiles served;
  private String doubt = "";
  private boolean isTold;

  /**
   * Reads both files.
   *
   * @throws DefraException INVALID_CONFIG when a file is missing or is not what it should be
   */
  TlsContext(HttpSettings.Tls settings) {
    this.settings = settings;
    this.served = TlsFiles.read(settings);
    this.current = context(served);
  }

  SslContext current() {
    return current;
  }

  /**
   * Looks at the files again: reads them, since a time stamp misses two writes in one tick. What
   * does not work is told at the second look: a renewal writes one file after the other.
   */
  synchronized void refresh() {
    try {
      TlsFiles files = TlsFiles.read(settings);
      if (!files.equals(served)) {
        current = context(files);
        served = files;
        LOG.info("Renewed the TLS certificate");
      }
      doubt = "";
    } catch (DefraException unusable) {
      doubt(unusable.getMessage());
    }
  }

  private void doubt(String reason) {
    if (!reason.equals(doubt)) {
      doubt = reason;
      isTold = false;
    } else if (!isTold) {
      isTold = true;
      LOG.atError()
          .addKeyValue("Error", reason)
          .log("Renewed TLS files do not work, the former certificate stays");
    }
  }

  private static SslContext context(TlsFiles files) {
    try {
      PrivateKey key = key(files);
      List<X509Certificate> chain = chain(files);
      if (!TlsKey.isPair(key, chain.get(0).getPublicKey())) {
        throw new GeneralSecurityException("the key is not that of the first certificate");
      }
      return SslContextBuilder.forServer(key, chain)
          .protocols("TLSv1.3", "TLSv1.2")
          .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
          .build();
    } catch (GeneralSecurityException | IOException | IllegalArgumentException unusable) {
      throw new DefraException(
          ErrorCode.INVALID_CONFIG,
          "cannot use the TLS certificate and key. "
              + files.names()
              + ", Reason: "
              + reason(unusable));
    }
  }

  private static PrivateKey key(TlsFiles files) throws GeneralSecurityException, IOException {
    for (PemSection section : PemSection.all(files.key())) {
      if (section.isEncrypted()) {
        throw new GeneralSecurityException(
            "the key is locked with a passphrase, write it without one");
      }
      if (section.isKey()) {
        return TlsKey.read(section);
      }
    }
    throw new GeneralSecurityException("there is no private key");
  }

  private static List<X509Certificate> chain(TlsFiles files) throws GeneralSecurityException {
    var chain = new ArrayList<X509Certificate>();
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    for (PemSection section : PemSection.all(files.certificate())) {
      if (section.isCertificate()) {
        var der = new ByteArrayInputStream(section.der());
        chain.add((X509Certificate) factory.generateCertificate(der));
      }
    }
    if (chain.isEmpty()) {
      throw new GeneralSecurityException("there is no certificate");
    }
    return chain;
  }

  private static String reason(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage());
  }
}
