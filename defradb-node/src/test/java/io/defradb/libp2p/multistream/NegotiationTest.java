package io.defradb.libp2p.multistream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.testing.Vectors;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NegotiationTest {
  private final JsonNode vector = Vectors.file("net/multistream");

  private static Bytes joined(List<Bytes> parts) {
    var all = new ByteArrayOutputStream();
    parts.forEach(part -> all.writeBytes(part.unsafeArray()));
    return Bytes.wrap(all.toByteArray());
  }

  @Test
  void givenTheLinesOfTheReference_whenWrittenAndRead_thenTheyAreTheSame() {
    vector
        .get("lines")
        .properties()
        .forEach(
            entry -> {
              Bytes line = Line.write(entry.getKey());
              assertThat(line.toHex()).isEqualTo(entry.getValue().asText());
              assertThat(Line.read(ByteBuffer.wrap(line.toArray()))).isEqualTo(entry.getKey());
            });
    assertThat(new Proposal(List.of("/ipfs/id/1.0.0")).opening().toHex())
        .isEqualTo(vector.get("lazy_open_first_bytes").asText());
  }

  @Test
  void givenTwoSides_whenOneSpeaksOnlyTheLastProposal_thenTheyAgreeOnIt() {
    var proposal = new Proposal(List.of("/a", "/b", "/c"));
    var response = new Response("/c"::equals);
    List<Bytes> toResponse = new ArrayList<>(List.of(proposal.opening()));
    while (response.agreed() == null || proposal.agreed() == null) {
      List<Bytes> toProposal = new ArrayList<>();
      response.feed(ByteBuffer.wrap(joined(toResponse).toArray()), toProposal::add);
      toResponse.clear();
      proposal.feed(ByteBuffer.wrap(joined(toProposal).toArray()), toResponse::add);
    }
    assertThat(proposal.agreed()).isEqualTo("/c");
    assertThat(response.agreed()).isEqualTo("/c");
  }

  @Test
  void givenDataBehindTheProposal_whenAgreed_thenTheyAreLeftForTheProtocol() {
    var response = new Response(any -> true);
    var bytes =
        joined(List.of(new Proposal(List.of("/a")).opening(), Bytes.utf8("data"))).toArray();
    var in = ByteBuffer.wrap(bytes);
    response.feed(in, sent -> {});
    assertThat(in.remaining()).isEqualTo(4);
  }

  @Test
  void givenBytesOneByOne_whenFed_thenNoneIsTakenBeforeItsLineIsWhole() {
    var response = new Response(any -> true);
    byte[] opening = new Proposal(List.of("/a")).opening().toArray();
    var in = ByteBuffer.wrap(opening);
    for (int end = 1; end <= opening.length; end++) {
      in.limit(end);
      response.feed(in, sent -> {});
    }
    assertThat(response.agreed()).isEqualTo("/a");
  }

  @Test
  void givenALineAboveTheBound_whenItsLengthIsRead_thenItIsRefused() {
    var in = ByteBuffer.wrap(new byte[] {(byte) 0x81, 0x08});
    assertThatThrownBy(() -> new Response(any -> true).feed(in, sent -> {}))
        .isInstanceOfSatisfying(
            DefraException.class,
            fault -> assertThat(fault.code()).isEqualTo(ErrorCode.PEER_FAULT));
  }

  @Test
  void givenEndlessProposals_whenRefused_thenTheOtherSideIsGivenUp() {
    var response = new Response(any -> false);
    List<Bytes> lines = new ArrayList<>(List.of(Line.write(Negotiation.HEADER)));
    for (int i = 0; i <= Response.PROPOSALS_MAX; i++) {
      lines.add(Line.write("/nope"));
    }
    assertThatThrownBy(() -> response.feed(ByteBuffer.wrap(joined(lines).toArray()), sent -> {}))
        .hasMessage("too many protocols proposed");
  }

  @Test
  void givenRandomBytes_whenFed_thenTheyAreRefusedOrWaitedFor() {
    var random = new Random(5);
    Set<ErrorCode> codes =
        random
            .ints(20_000)
            .mapToObj(
                seed -> {
                  byte[] bytes = new byte[random.nextInt(40)];
                  random.nextBytes(bytes);
                  try {
                    new Response(any -> false).feed(ByteBuffer.wrap(bytes), sent -> {});
                    return ErrorCode.INTERNAL;
                  } catch (DefraException fault) {
                    return fault.code();
                  }
                })
            .collect(Collectors.toSet());
    assertThat(codes).containsExactlyInAnyOrder(ErrorCode.INTERNAL, ErrorCode.PEER_FAULT);
  }
}
