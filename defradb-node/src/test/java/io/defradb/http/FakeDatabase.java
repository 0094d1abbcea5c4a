package io.defradb.http;

import io.defradb.db.Database;
import io.defradb.db.Transaction;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Opens transactions that only note what happens to them. */
final class FakeDatabase {
  final List<String> events = new CopyOnWriteArrayList<>();
  private final AtomicLong ids = new AtomicLong();
  private volatile long conflicts;

  /** Its first {@code count} commits fail. */
  Database conflicting(long count) {
    conflicts = count;
    return database();
  }

  Database database() {
    return (Database)
        Proxy.newProxyInstance(
            FakeDatabase.class.getClassLoader(),
            new Class<?>[] {Database.class},
            (proxy, method, arguments) ->
                method.getName().equals("begin") ? transaction(ids.incrementAndGet()) : null);
  }

  private Transaction transaction(long id) {
    return (Transaction)
        Proxy.newProxyInstance(
            FakeDatabase.class.getClassLoader(),
            new Class<?>[] {Transaction.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "id" -> id;
                  case "commit" -> {
                    if (id <= conflicts) {
                      throw new DefraException(ErrorCode.TXN_CONFLICT, "transaction conflict");
                    }
                    events.add("commit " + id);
                    yield null;
                  }
                  case "close" -> {
                    events.add("close " + id);
                    yield null;
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
