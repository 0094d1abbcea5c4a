package io.defradb.connect.source.signal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines that are appended to a file of the worker's machine while the task runs, read by every task
 * there.
 */
final class FileChannel implements SignalChannel {
  private static final Logger LOG = LoggerFactory.getLogger(FileChannel.class);
  private static final int BYTES_MAX = 1 << 20;

  private final Path file;
  private long at;
  private long failures;

  FileChannel(Path file) {
    this.file = file;
    this.at = file.toFile().length();
  }

  @Override
  public List<String> poll() {
    if (!Files.isReadable(file)) {
      at = 0;
      return List.of();
    }
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      if (in.length() < at) {
        at = 0; // a new file in its place
      }
      byte[] bytes = new byte[(int) Math.min(BYTES_MAX, in.length() - at)];
      in.seek(at);
      in.readFully(bytes);
      String text = new String(bytes, StandardCharsets.UTF_8);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      at += whole.getBytes(StandardCharsets.UTF_8).length;
      return whole.lines().filter(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      if (Long.bitCount(++failures) == 1) { // ever more rarely
        LOG.warn("The file of signals cannot be read (failure {})", failures, e);
      }
      return List.of();
    }
  }

  @Override
  public void acknowledge() {}

  @Override
  public void close() {}
}
