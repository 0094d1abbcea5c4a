package io.defradb.libp2p.protocol.gossipsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.testing.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames with bytes turned, cut off and doubled are read, or refused as the peer's fault. */
class RpcPropertyTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void givenAnyBytes_whenRead_thenTheyAreAFrameOrThePeersFault(long seed) {
    var random = new Random(seed);
    List<Bytes> frames = new ArrayList<>();
    JsonNode vectors = Vectors.file("net/pubsub");
    vectors
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (name.startsWith("rpc_")) {
                frames.add(Bytes.hex(vectors.get(name).asText()));
              }
            });
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = frames.get(random.nextInt(frames.size())).toArray();
      for (int turns = random.nextInt(6); turns >= 0; turns--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Bytes frame = Bytes.wrap(bytes).slice(0, random.nextInt(bytes.length) + 1);
      try {
        Rpc read = Rpc.decode(frame);
        assertThat(Rpc.decode(read.encode())).isEqualTo(read);
        read.messages().stream().limit(1).forEach(SignedMessage::isGenuine);
      } catch (DefraException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.PEER_FAULT);
      }
    }
  }
}
