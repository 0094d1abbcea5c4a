package io.defradb.libp2p.security.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.defradb.crypto.PrivateKey;
import io.defradb.error.DefraException;
import io.defradb.libp2p.host.Connection;
import io.defradb.libp2p.host.NetworkHost;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.protocol.ping.Ping;
import io.defradb.libp2p.security.Security;
import io.defradb.libp2p.security.noise.NoiseSecurity;
import io.defradb.libp2p.testing.MemoryHosts;
import io.defradb.libp2p.testing.Received;
import io.defradb.libp2p.testing.TcpHosts;
import io.defradb.multiformats.Bytes;
import java.io.ByteArrayInputStream;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TlsSecurityTest {
  private static final String SINK = "/test/sink/1.0.0";

  private final TcpHosts hosts = new TcpHosts();

  @AfterEach
  void close() {
    hosts.close();
  }

  private static List<Security> tls(PrivateKey key) {
    return List.of(new TlsSecurity(key, new SecureRandom(), InstantSource.system()));
  }

  private static List<Security> both(PrivateKey key) {
    return List.of(
        new TlsSecurity(key, new SecureRandom(), InstantSource.system()),
        new NoiseSecurity(key, new SecureRandom()));
  }

  @Test
  void givenTwoHostsWithTls_whenConnected_thenMegabytesGoThroughAndPingsComeBack() {
    NetworkHost one = TcpHosts.listening(hosts.host("one", TlsSecurityTest::tls));
    NetworkHost two = hosts.host("two", TlsSecurityTest::tls);
    var received = new Received();
    two.handle(List.of(SINK), stream -> stream.read(received));
    TcpHosts.listening(two);
    Connection connection = TcpHosts.await(one.connect(TcpHosts.addresses(two)));
    byte[] much = new byte[3 << 20];
    new Random(1).nextBytes(much);
    Stream stream = TcpHosts.await(connection.open(List.of(SINK)));
    stream.write(Bytes.wrap(much));
    stream.closeWrite();
    await().until(received::hasEnded);
    assertThat(received.bytes()).isEqualTo(Bytes.wrap(much));
    assertThat(TcpHosts.await(Ping.ping(two, one.id(), new Random(1)))).isPositive();
  }

  @Test
  void whenRehearsed_thenItAgreesWithItselfAndWithPeersAfterwards() {
    NetworkHost one =
        hosts.host(
            "one",
            key -> {
              var security = new TlsSecurity(key, new SecureRandom(), InstantSource.system());
              security.rehearse();
              return List.of(security);
            });
    NetworkHost two = TcpHosts.listening(hosts.host("two", TlsSecurityTest::tls));
    TcpHosts.await(one.connect(TcpHosts.addresses(two)));
    assertThat(TcpHosts.await(Ping.ping(one, two.id(), new Random(1)))).isPositive();
  }

  @Test
  void givenOneSideWithNoiseOnly_whenConnected_thenTheyAgreeOnNoise() {
    NetworkHost one = TcpHosts.listening(hosts.host("one", TlsSecurityTest::both));
    NetworkHost two = TcpHosts.listening(hosts.host("two"));
    TcpHosts.await(one.connect(TcpHosts.addresses(two)));
    assertThat(TcpHosts.await(Ping.ping(one, two.id(), new Random(1)))).isPositive();
  }

  @Test
  void givenAnotherPeerAtTheAddress_whenDialled_thenTheConnectionIsRefused() {
    NetworkHost one = TcpHosts.listening(hosts.host("one", TlsSecurityTest::tls));
    NetworkHost two = TcpHosts.listening(hosts.host("two", TlsSecurityTest::tls));
    PeerId other = PeerId.of(MemoryHosts.key("other").publicKey());
    assertThatThrownBy(() -> TcpHosts.await(one.connect(new PeerAddresses(other, two.addresses()))))
        .hasMessageContaining("peer id mismatch");
  }

  @Test
  void givenACertificate_whenRead_thenItIsThePeersAndNoChangedOneIs() throws Exception {
    PrivateKey key = MemoryHosts.key("one");
    X509Certificate own = endingInAnEvenByte(key);
    assertThat(PeerCertificate.verifiedPeer(own)).isEqualTo(PeerId.of(key.publicKey()));

    byte[] encoded = own.getEncoded();
    for (int at = 0; at < encoded.length; at++) {
      assertRefused(encoded, at, 1 << at % 8);
    }
    int unusedBits = encoded.length - own.getSignature().length - 1;
    for (int count = 1; count <= 7; count++) {
      assertRefused(encoded, unusedBits, count);
    }
  }

  /** Without its last bit its signature would be the same. */
  private static X509Certificate endingInAnEvenByte(PrivateKey key) {
    while (true) {
      X509Certificate made =
          PeerCertificate.make(key, new SecureRandom(), Instant.ofEpochSecond(1_700_000_000))
              .certificate();
      byte[] signature = made.getSignature();
      if (signature[signature.length - 1] % 2 == 0) {
        return made;
      }
    }
  }

  private static void assertRefused(byte[] certificate, int at, int bits) throws Exception {
    byte[] changed = certificate.clone();
    changed[at] ^= (byte) bits;
    var factory = CertificateFactory.getInstance("X.509");
    X509Certificate forged;
    try {
      forged = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(changed));
    } catch (CertificateException unreadable) {
      return;
    }
    assertThatThrownBy(() -> PeerCertificate.verifiedPeer(forged))
        .as("byte %d, bits %d", at, bits)
        .isInstanceOf(DefraException.class);
  }
}
