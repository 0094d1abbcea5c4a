package io.defradb.libp2p.transport.memory;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.address.AddressProtocol;
import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.transport.Pipe;
import io.defradb.libp2p.transport.Transport;
import io.defradb.multiformats.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A network of hosts in one process: they listen at {@code /memory/<name>}. Bytes of a pipe arrive
 * in order, each write after a delay drawn from {@code random} between the bounds; pipes can be
 * cut, and hosts kept apart. On the network's {@link #schedule}.
 */
public final class MemoryNetwork {
  private final Schedule schedule = new Schedule();
  private final RandomGenerator random;
  private final Map<String, Consumer<Pipe>> listeners = new LinkedHashMap<>();
  private final List<MemoryPipe> pipes = new ArrayList<>();
  private final Set<Set<String>> parted = new HashSet<>();
  private final Map<String, MemoryTransport> running = new HashMap<>();
  private Duration delayMin = Duration.ofMillis(1);
  private Duration delayMax = Duration.ofMillis(3);

  public MemoryNetwork(RandomGenerator random) {
    this.random = random;
  }

  public Schedule schedule() {
    return schedule;
  }

  /** {@code /memory/<name>}. */
  public static Multiaddr address(String name) {
    return new Multiaddr(List.of(new Multiaddr.Part(AddressProtocol.MEMORY, Bytes.utf8(name))));
  }

  /** How long a write takes from one host to another, from now on. */
  public void delay(Duration min, Duration max) {
    delayMin = min;
    delayMax = max;
  }

  /** The transport of the host called {@code name}; of several, the last one lives. */
  public Transport transport(String name) {
    var transport = new MemoryTransport(name);
    running.put(name, transport);
    return transport;
  }

  /** Cuts all pipes between two hosts; both sides see them end, and may dial again. */
  public void cut(String one, String other) {
    for (MemoryPipe pipe : List.copyOf(pipes)) {
      if (pipe.isBetween(one, other)) {
        pipe.cut();
      }
    }
  }

  /**
   * Keeps two hosts apart until {@link #join}: what they send is lost, and dialling gets no answer;
   * their pipes do not end by themselves.
   */
  public void part(String one, String other) {
    parted.add(Set.of(one, other));
  }

  /** Undoes {@link #part}; pipes that lost bytes are cut. */
  public void join(String one, String other) {
    parted.remove(Set.of(one, other));
    for (MemoryPipe pipe : List.copyOf(pipes)) {
      if (pipe.isBetween(one, other) && pipe.hasLost()) {
        pipe.cut();
      }
    }
  }

  /**
   * The host is gone at once, as in a crash: its pipes end, nobody answers, and what is left of it
   * reaches nobody.
   */
  public void crash(String name) {
    running.remove(name);
    listeners.remove(name);
    for (MemoryPipe pipe : List.copyOf(pipes)) {
      if (pipe.isOf(name)) {
        pipe.cut();
      }
    }
  }

  boolean areParted(String one, String other) {
    return parted.contains(Set.of(one, other));
  }

  long delayNanos() {
    long min = delayMin.toNanos();
    return min + random.nextLong(delayMax.toNanos() - min + 1);
  }

  void remove(MemoryPipe pipe) {
    pipes.remove(pipe);
  }

  private final class MemoryTransport implements Transport {
    private final String name;

    MemoryTransport(String name) {
      this.name = name;
    }

    @Override
    public boolean serves(Multiaddr address) {
      return address.has(AddressProtocol.MEMORY);
    }

    @Override
    public CompletionStage<Pipe> dial(Multiaddr address, Duration limit) {
      String target = address.part(AddressProtocol.MEMORY).orElseThrow().valueText();
      var dialled = new CompletableFuture<Pipe>();
      schedule.schedule(
          Duration.ofNanos(2 * delayNanos()),
          () -> {
            Consumer<Pipe> accepted = listeners.get(target);
            boolean isApart = target.equals(name) || areParted(name, target);
            boolean isGone = running.get(name) != this;
            if (accepted == null || isApart || isGone) {
              dialled.completeExceptionally(
                  new DefraException(ErrorCode.PEER_UNREACHABLE, "connection refused"));
              return;
            }
            MemoryPipe near = MemoryPipe.pair(MemoryNetwork.this, name, target);
            if (dialled.isDone()) {
              return; // nobody waits any more
            }
            pipes.add(near);
            pipes.add(near.other());
            accepted.accept(near.other());
            dialled.complete(near);
          });
      return dialled;
    }

    @Override
    public Listener listen(Multiaddr address, Consumer<Pipe> accepted) {
      if (listeners.putIfAbsent(name, accepted) != null) {
        throw new DefraException(ErrorCode.ADDRESS_IN_USE, "a host of this name listens already");
      }
      return new Listener() {
        @Override
        public Multiaddr address() {
          return MemoryNetwork.address(name);
        }

        @Override
        public void close() {
          listeners.remove(name, accepted);
        }
      };
    }
  }
}
