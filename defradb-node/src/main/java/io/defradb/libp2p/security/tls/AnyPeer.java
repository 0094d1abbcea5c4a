package io.defradb.libp2p.security.tls;

import io.defradb.error.DefraException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts every certificate that says whose it is, and nothing else: no authority, no name. Who it
 * is to be is checked when the handshake is done.
 */
final class AnyPeer extends X509ExtendedTrustManager {
  private static void check(X509Certificate[] chain) throws CertificateException {
    if (chain.length != 1) {
      throw new CertificateException("expected one certificate");
    }
    try {
      PeerCertificate.verifiedPeer(chain[0]);
    } catch (DefraException fault) {
      throw new CertificateException(fault.getMessage(), fault);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
