package io.defradb.libp2p.protocol.identify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.error.DefraException;
import io.defradb.libp2p.address.Multiaddr;
import io.defradb.multiformats.Bytes;
import io.defradb.testing.Vectors;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IdentifyMessageTest {
  private final JsonNode vector = Vectors.file("net/identify");
  private final Bytes bytes = Bytes.hex(vector.get("message").asText());

  @Test
  void givenTheReferencesMessage_whenReadAndWritten_thenTheBytesAreTheSame() {
    IdentifyMessage message = IdentifyMessage.decode(bytes);
    JsonNode fields = vector.get("fields");
    assertThat(message.agentVersion()).isEqualTo(fields.get("agentVersion").asText());
    assertThat(message.protocolVersion()).isEmpty();
    assertThat(message.protocols()).hasSameSizeAs(fields.get("protocols"));
    assertThat(message.listenAddresses())
        .extracting(address -> Multiaddr.fromBytes(address).toString())
        .containsExactly("/ip4/127.0.0.1/tcp/9171", "/ip4/192.168.1.7/tcp/9171");
    assertThat(message.encode()).isEqualTo(bytes);
  }

  @Test
  void givenAMessageInParts_whenRead_thenItIsTheWhole() {
    IdentifyMessage whole = IdentifyMessage.decode(bytes);
    IdentifyMessage inParts =
        IdentifyMessage.decode(whole.withoutRecord().encode())
            .plus(IdentifyMessage.ofRecord(whole.signedPeerRecord()).encode());
    assertThat(inParts).isEqualTo(whole);
  }

  @Test
  void givenChangedBytes_whenRead_thenNothingButARefusalIsThrown() {
    var random = new Random(2);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = bytes.toArray();
      for (int change = 0; change < 4; change++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      try {
        IdentifyMessage.decode(Bytes.wrap(changed));
      } catch (DefraException fault) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }
}
