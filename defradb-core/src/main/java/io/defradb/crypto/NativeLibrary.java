package io.defradb.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * Loads libsecp256k1 from its jar. The system property {@value #DIRECTORY} names a folder in which
 * it is unpacked once and found again; without it, or when that folder cannot be written, it goes
 * to a temporary file that is deleted as soon as it is loaded.
 */
final class NativeLibrary {
  static final String DIRECTORY = "defradb.native.directory";

  private NativeLibrary() {}

  /** False: there is no library for this platform. */
  static boolean load() {
    URL resource = NativeLibrary.class.getResource(resourceName());
    if (resource == null) {
      return false;
    }
    try {
      String directory = System.getProperty(DIRECTORY, "");
      if (!directory.isEmpty() && loadFrom(Path.of(directory), resource)) {
        return true;
      }
      return loadFromTemporary(resource);
    } catch (IOException | UnsatisfiedLinkError e) {
      return false; // a slower signature is better than none
    }
  }

  private static boolean loadFrom(Path directory, URL resource) {
    try {
      Path library = directory.resolve("secp256k1-" + bytes(resource) + ".so").toAbsolutePath();
      if (!Files.exists(library)) {
        Files.createDirectories(directory);
        Path part = Files.createTempFile(directory, "unpack", ".part");
        copy(resource, part);
        Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
      }
      System.load(library.toString());
      return true;
    } catch (IOException | UncheckedIOException | UnsatisfiedLinkError e) {
      return false;
    }
  }

  private static boolean loadFromTemporary(URL resource) throws IOException {
    Path library = Files.createTempFile("secp256k1", ".so");
    try {
      copy(resource, library);
      System.load(library.toString());
      return true;
    } finally {
      Files.deleteIfExists(library);
    }
  }

  private static void copy(URL resource, Path target) throws IOException {
    try (InputStream in = resource.openStream()) {
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Tells one version of the library from another. */
  private static long bytes(URL resource) throws IOException {
    URLConnection connection = resource.openConnection();
    return connection.getContentLengthLong();
  }

  private static String resourceName() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String architecture =
        switch (machine) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "aarch64";
          default -> machine;
        };
    return "/fr/acinq/secp256k1/jni/native/"
        + (system.contains("linux") ? "linux" : system)
        + "-"
        + architecture
        + "/libsecp256k1-jni.so";
  }
}
