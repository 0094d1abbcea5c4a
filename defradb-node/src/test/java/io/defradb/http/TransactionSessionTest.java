package io.defradb.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.acp.Asker;
import io.defradb.db.Transaction;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TransactionSessionTest {
  private final FakeDatabase fake = new FakeDatabase();

  @Test
  void givenOneTransaction_whenManyRequestsNameIt_thenTheyRunOneAfterTheOther() throws IOException {
    var sessions =
        new TransactionSessions(fake.database(), Duration.ofMinutes(1), 0, System::nanoTime);
    var running = new AtomicInteger();
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    Endpoint slow =
        TestServer.endpoint(
            TestServer.get("/in"),
            call ->
                call.transact(
                    false,
                    transaction -> {
                      seen.add(running.incrementAndGet());
                      Thread.onSpinWait();
                      running.decrementAndGet();
                      return Answer.text(200, "" + transaction.id());
                    }));
    long id = sessions.open(false).id();
    var house = new House(List.of(slow), sessions, (authorization, host) -> Asker.ANONYMOUS);
    try (var server = new TestServer(TestServer.settings(), house)) {
      var clients = new ArrayList<RawClient>();
      for (int i = 0; i < 16; i++) {
        clients.add(server.connect());
      }
      for (int round = 0; round < 3; round++) {
        for (RawClient client : clients) {
          client.request("GET", "/api/v0/in", "x-defradb-tx: " + id + "\r\n", "");
        }
        for (RawClient client : clients) {
          assertThat(client.read().body()).isEqualTo("" + id);
        }
      }
      for (RawClient client : clients) {
        client.close();
      }
    }
    assertThat(seen).hasSize(48).containsOnly(1);
    assertThat(fake.events).as("an explicit transaction is left alone").isEmpty();
  }

  @Test
  void givenAnUnknownOrMalformedId_whenNamed_thenTheRequestRunsOutside() throws IOException {
    var sessions =
        new TransactionSessions(fake.database(), Duration.ofMinutes(1), 0, System::nanoTime);
    Endpoint endpoint =
        TestServer.endpoint(
            TestServer.get("/in"),
            call -> Answer.text(200, call.transact(false, t -> "" + call.hasTransaction())));
    long open = sessions.open(false).id();
    assertThat(open).isPositive();
    var house = new House(List.of(endpoint), sessions, (authorization, host) -> Asker.ANONYMOUS);
    try (var server = new TestServer(TestServer.settings(), house);
        RawClient client = server.connect()) {
      for (String id : new String[] {"999", "abc", "", "-1"}) {
        assertThat(
                client
                    .request("GET", "/api/v0/in", "x-defradb-tx: " + id + "\r\n", "")
                    .read()
                    .body())
            .isEqualTo("false");
      }
    }
    assertThat(fake.events).contains("commit 2", "close 2");
  }

  @Test
  void givenATransaction_whenNobodyUsesItForItsTimeToLive_thenItIsDiscardedAndItsIdUnknown() {
    var now = new AtomicLong(5);
    var sessions = new TransactionSessions(fake.database(), Duration.ofMinutes(10), 0, now::get);
    TransactionSession used = sessions.open(false);
    TransactionSession left = sessions.open(true);
    now.addAndGet(Duration.ofMinutes(9).toNanos());
    used.enter(() -> {});
    used.leave();
    sessions.sweep();
    assertThat(sessions.find("" + left.id())).isSameAs(left);
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    sessions.sweep();
    assertThat(sessions.find("" + left.id())).isNull();
    assertThat(sessions.find("" + used.id())).isSameAs(used);
    assertThat(fake.events).containsExactly("close 2");
    assertThatThrownBy(left::commit).hasMessage("invalid transaction id");
  }

  @Test
  void givenATransactionThatConflicted_whenUsedAgain_thenItIsSpentAndCanBeDiscarded() {
    var sessions =
        new TransactionSessions(fake.conflicting(1), Duration.ofMinutes(1), 0, System::nanoTime);
    TransactionSession session = sessions.open(false);
    assertThatThrownBy(session::commit).hasMessage("transaction conflict");
    assertThatThrownBy(session::transaction).hasMessage("transaction discarded");
    assertThatThrownBy(session::commit).hasMessage("Trying to commit a discarded txn");
    session.close();
    assertThat(sessions.find("" + session.id())).isNull();
    assertThatThrownBy(session::commit).hasMessage("invalid transaction id");
  }

  @Test
  void givenARunningRequest_whenSwept_thenItsTransactionStays() {
    var now = new AtomicLong();
    var sessions = new TransactionSessions(fake.database(), Duration.ofMinutes(10), 0, now::get);
    TransactionSession session = sessions.open(false);
    session.enter(() -> {});
    now.addAndGet(Duration.ofHours(1).toNanos());
    sessions.sweep();
    assertThat(sessions.find("" + session.id())).isSameAs(session);
  }

  @Test
  void givenTooManyRequestsWaiting_whenOneMoreComes_thenItIsRefused() {
    var sessions =
        new TransactionSessions(fake.database(), Duration.ofMinutes(1), 0, System::nanoTime);
    TransactionSession session = sessions.open(false);
    session.enter(() -> {});
    int accepted = 0;
    while (session.enter(() -> {})) {
      accepted++;
    }
    assertThat(accepted).isEqualTo(64);
    assertThat((Object) session.transaction()).isInstanceOf(Transaction.class);
  }

  @Test
  void givenATransactionThatConflictsTwice_whenRetriesAreLeft_thenItsWorkIsDoneAgain() {
    var sessions = new TransactionSessions(fake.conflicting(2), Duration.ZERO, 2, System::nanoTime);
    List<Long> ran = new ArrayList<>();
    String answer =
        sessions.transact(
            false,
            transaction -> {
              ran.add(transaction.id());
              return "done";
            });
    assertThat(answer).isEqualTo("done");
    assertThat(ran).containsExactly(1L, 2L, 3L);
    assertThat(fake.events)
        .as("what conflicted is discarded before the next try")
        .containsExactly("close 1", "close 2", "commit 3", "close 3");
  }

  @Test
  void givenATransactionThatAlwaysConflicts_whenNoRetryIsLeft_thenTheConflictIsTheAnswer() {
    var sessions = new TransactionSessions(fake.conflicting(9), Duration.ZERO, 2, System::nanoTime);
    assertThatThrownBy(() -> sessions.transact(false, Transaction::id))
        .isInstanceOfSatisfying(
            DefraException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.TXN_CONFLICT));
    assertThat(fake.events).containsExactly("close 1", "close 2", "close 3");
  }
}
