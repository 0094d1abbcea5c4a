package io.defradb.storage.rocksdb;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * Loads RocksDB's native code, once a process. As it comes it is found on {@code
 * java.library.path}, else copied to a temporary file, 17 MB at every start; with a directory it is
 * copied there the first time, under a folder named by its checksum, so that versions live side by
 * side.
 */
final class NativeLibrary {
  private NativeLibrary() {}

  static void load(@Nullable Path directory) {
    if (directory == null) {
      RocksDB.loadLibrary();
      return;
    }
    try {
      RocksDB.loadLibrary(List.of(unpack(directory).toString()));
    } catch (IOException | UnsatisfiedLinkError e) {
      RocksDB.loadLibrary(); // a directory that cannot be used only costs its gain
    }
  }

  /** The folder that now holds the library. */
  static Path unpack(Path directory) throws IOException {
    URL resource = RocksDB.class.getResource("/" + Environment.getJniLibraryFileName("rocksdb"));
    if (resource == null) {
      throw new DefraException(
          ErrorCode.UNSUPPORTED,
          "no native storage library for this platform",
          "Library",
          Environment.getJniLibraryFileName("rocksdb"));
    }
    Path folder = directory.resolve(fingerprint(resource)).toAbsolutePath();
    // RocksDB.loadLibrary(paths) adds "jni" to a name that already ends in it.
    Path library = folder.resolve(Environment.getJniLibraryFileName("rocksdbjni"));
    if (!Files.exists(library)) {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, "unpack", ".part");
      try (InputStream in = resource.openStream()) {
        Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    }
    return folder;
  }

  private static String fingerprint(URL resource) throws IOException {
    URLConnection connection = resource.openConnection();
    return connection instanceof JarURLConnection jar
        ? "rocksdb-" + Long.toHexString(jar.getJarEntry().getCrc())
        : "rocksdb-" + connection.getContentLengthLong();
  }
}
