package io.defradb.libp2p.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.crypto.KeyType;
import io.defradb.crypto.PrivateKey;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.address.Multiaddr;
import io.defradb.multiformats.Bytes;
import io.defradb.testing.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PeerRecordTest {
  private final JsonNode vector = Vectors.file("net/peer_record");
  private final PrivateKey key =
      PrivateKey.of(KeyType.ED25519, Bytes.hex(vector.get("seed").asText()).unsafeArray());
  private final PeerId peer = PeerId.of(key.publicKey());

  private PeerRecord record(long seq) {
    List<Multiaddr> addresses = new ArrayList<>();
    vector.get("addrs").forEach(text -> addresses.add(Multiaddr.parse(text.asText())));
    return new PeerRecord(peer, seq, addresses);
  }

  @Test
  void givenTheReferencesRecord_whenSealed_thenTheBytesAreTheSame() {
    PeerRecord record = record(vector.get("seq").asLong());
    assertThat(record.encode().toHex()).isEqualTo(vector.get("payload").asText());
    Envelope envelope = record.seal(key);
    assertThat(envelope.encode().toHex()).isEqualTo(vector.get("envelope").asText());
    assertThat(PeerRecord.open(Envelope.decode(envelope.encode()))).isEqualTo(record);
  }

  @Test
  void givenAnyChangedBit_whenOpened_thenTheRecordIsRefused() {
    Bytes sealed = record(1).seal(key).encode();
    for (int bit = 0; bit < sealed.length() * 8; bit += 3) {
      byte[] changed = sealed.toArray();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> PeerRecord.open(Envelope.decode(Bytes.wrap(changed))))
          .as("bit " + bit)
          .isInstanceOf(DefraException.class);
    }
  }

  @Test
  void givenARecordAboutAnotherPeer_whenOpened_thenItIsRefused() {
    byte[] seed = new byte[32];
    new Random(3).nextBytes(seed);
    PrivateKey other = PrivateKey.of(KeyType.ED25519, seed);
    Envelope forged = record(1).seal(other);
    assertThatThrownBy(() -> PeerRecord.open(forged))
        .isInstanceOfSatisfying(
            DefraException.class,
            fault -> assertThat(fault.code()).isEqualTo(ErrorCode.SIGNATURE_INVALID));
  }

  @Test
  void givenAnOlderRecord_whenCertified_thenTheNewerOneStays() {
    var store = new PeerStore();
    assertThat(store.certify(record(5).seal(key))).isTrue();
    Envelope older = new PeerRecord(peer, 4, List.of()).seal(key);
    assertThat(store.certify(older)).isFalse();
    assertThat(store.addresses(peer)).isEqualTo(record(5).addresses());
    assertThat(store.certify(new PeerRecord(peer, 6, List.of()).seal(key))).isTrue();
    assertThat(store.addresses(peer)).isEmpty();
  }

  @Test
  void givenMorePeersThanAreKept_whenTold_thenTheLeastUsedIsForgotten() {
    var store = new PeerStore();
    List<Multiaddr> addresses = List.of(Multiaddr.parse("/ip4/10.0.0.1/tcp/1"));
    var random = new Random(4);
    var first = new PeerAddresses(peer, addresses);
    store.add(first);
    for (int i = 0; i < PeerStore.PEERS_MAX; i++) {
      byte[] digest = new byte[300];
      random.nextBytes(digest);
      store.add(new PeerAddresses(PeerId.ofKeyMessage(Bytes.wrap(digest)), addresses));
    }
    assertThat(store.addresses(peer)).isEmpty();
  }
}
