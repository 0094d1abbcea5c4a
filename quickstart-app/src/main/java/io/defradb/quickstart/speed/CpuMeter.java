package io.defradb.quickstart.speed;

import io.defradb.quickstart.server.ManagedProcess;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** CPU time of each server since the meter was made, and of this process. */
final class CpuMeter {
  private final Map<String, ManagedProcess> servers;
  private final Map<String, Duration> before;

  CpuMeter(Map<String, ManagedProcess> servers) {
    this.servers = servers;
    this.before = now();
  }

  /** Microseconds of CPU a unit of work, by process. */
  Map<String, Double> microsFor(long units) {
    Map<String, Double> micros = new LinkedHashMap<>();
    now()
        .forEach(
            (name, total) ->
                micros.put(
                    name,
                    total.minus(before.getOrDefault(name, Duration.ZERO)).toNanos() / 1e3 / units));
    return micros;
  }

  private Map<String, Duration> now() {
    Map<String, Duration> now = new LinkedHashMap<>();
    servers.forEach((name, server) -> now.put(name, server.cpuTime()));
    now.put("driver", ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO));
    return now;
  }
}
