package io.defradb.libp2p.protocol.bitswap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.testing.Vectors;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages with bytes turned and cut off are read, or refused as the peer's fault. */
class BitswapMessagePropertyTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void givenAnyBytes_whenRead_thenTheyAreAMessageOrThePeersFault(long seed) {
    var random = new Random(seed);
    JsonNode messages = Vectors.file("net/bitswap").get("messages");
    for (int i = 0; i < 20_000; i++) {
      JsonNode vector = messages.get(random.nextInt(messages.size()));
      byte[] bytes = Bytes.hex(vector.get("delimited").asText()).toArray();
      for (int turns = random.nextInt(6); turns >= 0; turns--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Bytes message = Bytes.wrap(bytes).slice(1, random.nextInt(bytes.length) + 1);
      try {
        BitswapMessage read = BitswapMessage.decode(message);
        assertThat(BitswapMessage.decode(read.encode(BitswapVersion.V1_2)).wants())
            .isEqualTo(read.wants());
      } catch (DefraException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.PEER_FAULT);
      }
    }
  }
}
