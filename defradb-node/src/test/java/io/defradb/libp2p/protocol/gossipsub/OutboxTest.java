package io.defradb.libp2p.protocol.gossipsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.libp2p.testing.MemoryHosts;
import io.defradb.multiformats.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final int BYTES_MAX = 64 << 10;

  private final Outbox outbox = new Outbox(BYTES_MAX);
  private final MessageSigner signer = new MessageSigner(MemoryHosts.key("author"), 1);

  private SignedMessage message(int bytes) {
    return signer.sign("t", Bytes.wrap(new byte[bytes]));
  }

  @Test
  void givenABurst_whenFramesAreTaken_thenEachHoldsAFewAndAllComeInTheirOrder() {
    List<Bytes> ids = new ArrayList<>();
    for (int i = 0; i < 3 * Outbox.FRAME_MESSAGES_MAX; i++) {
      SignedMessage message = message(10);
      ids.add(message.id());
      assertThat(outbox.add(message)).isTrue();
    }
    List<Bytes> read = new ArrayList<>();
    for (int frame = 1; frame <= 3; frame++) {
      List<SignedMessage> messages = Rpc.decode(outbox.next()).messages();
      assertThat(messages).hasSize(Outbox.FRAME_MESSAGES_MAX);
      messages.forEach(message -> read.add(message.id()));
      assertThat(outbox.isBacklogged()).isEqualTo(frame < 3);
    }
    assertThat(read).isEqualTo(ids);
    assertThat(outbox.isEmpty()).isTrue();
  }

  @Test
  void givenMoreThanHalfOfTheRoomIsTaken_whenAsked_thenTheMessagesMayNotGoOnWaiting() {
    int bytes = BYTES_MAX / 16;
    for (int i = 0; i < 12; i++) {
      assertThat(outbox.add(message(bytes))).isTrue();
    }
    assertThat(outbox.isBacklogged()).isFalse();
    outbox.next();
    outbox.next();
    assertThat(outbox.isBacklogged()).isTrue();
  }
}
