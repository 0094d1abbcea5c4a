package io.defradb.event;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Tells listeners that the log advanced. Listeners run on the committing thread and must return at
 * once: they wake somebody up, they never read or write. Safe for use by many threads.
 */
public final class EventBus {
  private final CopyOnWriteArrayList<Consumer<LogAdvanced>> listeners =
      new CopyOnWriteArrayList<>();

  public void publish(LogAdvanced event) {
    for (Consumer<LogAdvanced> listener : listeners) {
      listener.accept(event);
    }
  }

  /** Listens until the answer is closed. */
  public Subscription subscribe(Consumer<LogAdvanced> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** A running subscription; closing it twice is harmless. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
