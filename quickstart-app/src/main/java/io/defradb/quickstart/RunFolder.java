package io.defradb.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.defradb.quickstart.server.QuickstartFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one run, kept by a lock while it is open: a second run in it would stop the first
 * one's servers and remove its data. Only a folder that an earlier run made is emptied: {@code
 * --dir ~} must not cost anybody their home.
 */
final class RunFolder implements AutoCloseable {
  private static final long FREE_BYTES_MIN = 1L << 30;
  private static final String MARK = "quickstart.txt";
  private static final String NOTE = "Made by ./quickstart; removed by its next clean start.\n";

  private final Path path;
  private final FileChannel mark;

  private RunFolder(Path path, FileChannel mark) {
    this.path = path;
    this.mark = mark;
  }

  /** Takes the folder, made if it is not there; a failure says who has it or what else it holds. */
  static RunFolder take(Path path) {
    try {
      requireOwn(path);
      Files.createDirectories(path);
      FileChannel mark =
          FileChannel.open(path.resolve(MARK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(mark) == null) {
        mark.close();
        throw new QuickstartFailure(
            "Another quickstart runs in "
                + path
                + ": stop it, or choose another folder with --dir.");
      }
      // Through the channel: a second opening of the file, closed, would give the lock back.
      mark.write(ByteBuffer.wrap(NOTE.getBytes(UTF_8)), 0);
      return new RunFolder(path, mark);
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /** Removes what earlier runs left, all but the mark. */
  void empty() {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(path) && !file.equals(path.resolve(MARK))) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /** A broker on a full disk fails late and obscurely. */
  void requireSpace() {
    try {
      long free = Files.getFileStore(path).getUsableSpace();
      if (free < FREE_BYTES_MIN) {
        throw new QuickstartFailure(
            "The disk of "
                + path
                + " has only "
                + (free >> 20)
                + " MB free, 1024 are needed: make room, or choose another folder with --dir.");
      }
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  @Override
  public void close() {
    try {
      mark.close();
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  private static @Nullable FileLock lock(FileChannel mark) throws IOException {
    try {
      return mark.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static void requireOwn(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      boolean isEmpty = files.findAny().isEmpty();
      if (!isEmpty && !Files.exists(path.resolve(MARK))) {
        throw new QuickstartFailure(
            "The folder " + path + " holds other things: choose an empty one with --dir.");
      }
    } catch (NoSuchFileException e) {
      return;
    }
  }

  private static QuickstartFailure unusable(Path path, IOException cause) {
    return new QuickstartFailure(
        "The folder " + path + " cannot be used: " + cause.getMessage(), cause);
  }
}
