package io.defradb.quickstart.speed;

import io.defradb.quickstart.server.ManagedProcess;
import io.defradb.quickstart.server.QuickstartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What servers hold: their heap after a full collection, and their resident memory. Linux, JDK. */
final class MemoryMeter {
  private static final Pattern HEAP =
      Pattern.compile("(?:generation|heap)\\s+total \\d+K, used (\\d+)K");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final long KIB = 1024;

  private final Map<String, ManagedProcess> servers;

  MemoryMeter(Map<String, ManagedProcess> servers) {
    this.servers = servers;
  }

  /** Bytes, by {@code <server> heap} and {@code <server> rss}. */
  Map<String, Long> sample() throws InterruptedException {
    Map<String, Long> sample = new LinkedHashMap<>();
    for (Map.Entry<String, ManagedProcess> server : servers.entrySet()) {
      long pid = server.getValue().pid();
      jcmd(pid, "GC.run");
      sample.put(server.getKey() + " heap", KIB * sum(HEAP, jcmd(pid, "GC.heap_info")));
      sample.put(server.getKey() + " rss", KIB * sum(RESIDENT, status(pid)));
    }
    return sample;
  }

  private static long sum(Pattern pattern, String text) {
    long sum = 0;
    for (Matcher found = pattern.matcher(text); found.find(); ) {
      sum += Long.parseLong(found.group(1));
    }
    if (sum == 0) {
      throw new QuickstartFailure("No memory is told by: " + text);
    }
    return sum;
  }

  private static String status(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/status"));
    } catch (IOException e) {
      throw new QuickstartFailure("The memory of process " + pid + " cannot be read", e);
    }
  }

  private static String jcmd(long pid, String command) throws InterruptedException {
    Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process process =
          new ProcessBuilder(program.toString(), String.valueOf(pid), command)
              .redirectErrorStream(true)
              .start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return text;
    } catch (IOException e) {
      throw new QuickstartFailure("The heap of process " + pid + " cannot be asked for", e);
    }
  }
}
