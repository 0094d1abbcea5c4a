package io.defradb.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What changes with every start of the machine. */
final class BootId {
  private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");

  private BootId() {}

  /** Empty where the system does not tell. */
  static String read() {
    try {
      return Files.readString(LINUX).strip();
    } catch (IOException notTold) {
      return "";
    }
  }
}
