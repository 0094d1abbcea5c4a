package io.defradb.libp2p.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.error.DefraException;
import io.defradb.multiformats.Bytes;
import io.defradb.testing.Vectors;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultiaddrTest {
  private final JsonNode vectors = Vectors.file("net/multiaddr");

  @Test
  void givenAddressesOfTheReference_whenReadAndWritten_thenTextAndBytesAreTheSame() {
    for (JsonNode vector : vectors.get("vectors")) {
      Multiaddr address = Multiaddr.parse(vector.get("text").asText());
      assertThat(address.toBytes().toHex()).isEqualTo(vector.get("bytes").asText());
      assertThat(address).hasToString(vector.get("canonical").asText());
      assertThat(Multiaddr.fromBytes(address.toBytes())).isEqualTo(address);
    }
  }

  @Test
  void givenProtocolsOfTheReference_whenNamed_thenTheCodesAreTheSame() {
    vectors
        .get("protocols")
        .properties()
        .forEach(
            entry -> {
              AddressProtocol protocol = AddressProtocol.byName(entry.getKey());
              assertThat(protocol).as(entry.getKey()).isNotNull();
              assertThat(protocol.code()).isEqualTo(entry.getValue().get("code").asInt());
              int bits = entry.getValue().get("size_bits").asInt();
              assertThat(protocol.value().sizeBytes()).isEqualTo(bits < 0 ? bits : bits / 8);
            });
  }

  @Test
  void givenTextThatIsNoAddress_whenParsed_thenItIsRefused() {
    for (JsonNode text : vectors.get("rejected")) {
      assertThatThrownBy(() -> Multiaddr.parse(text.asText()))
          .as(text.asText())
          .isInstanceOf(DefraException.class)
          .hasMessageStartingWith("failed to parse multiaddr \"" + text.asText() + "\": ");
    }
    assertThatThrownBy(() -> Multiaddr.parse("zzz"))
        .hasMessage("failed to parse multiaddr \"zzz\": must begin with /");
  }

  @ParameterizedTest
  @CsvSource({
    "/ip4/127.0.0.1/tcp/1,LOOPBACK",
    "/ip6/::1/tcp/1,LOOPBACK",
    "/ip4/192.168.1.2/tcp/1,PRIVATE",
    "/ip4/172.31.0.1/tcp/1,PRIVATE",
    "/ip6/fe80::1/tcp/1,PRIVATE",
    "/ip6zone/eth0/ip6/fe80::1/tcp/1,PRIVATE",
    "/ip4/8.8.8.8/tcp/1,PUBLIC",
    "/ip6/2001:db8::1/tcp/1,PUBLIC",
    "/dns4/node.example.com/tcp/1,PUBLIC"
  })
  void givenAnAddress_whenJudged_thenItsReachIsKnown(String text, AddressReach reach) {
    assertThat(Multiaddr.parse(text).reach()).isEqualTo(reach);
  }

  /** Whatever a peer sends: refused, or read so that it can be written again. */
  @Test
  void givenRandomBytes_whenRead_thenNothingButARefusalIsThrown() {
    var random = new Random(11);
    int read = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextInt(12)];
      random.nextBytes(bytes);
      if (bytes.length > 0 && random.nextBoolean()) {
        bytes[0] = (byte) new int[] {4, 6, 41, 53, 54, 42}[random.nextInt(6)];
      }
      var address = Multiaddr.read(Bytes.wrap(bytes));
      if (address.isPresent()) {
        read++;
        assertThat(Multiaddr.parse(address.get().toString())).isEqualTo(address.get());
      }
    }
    assertThat(read).isGreaterThan(100);
  }
}
