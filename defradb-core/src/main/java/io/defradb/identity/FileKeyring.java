package io.defradb.identity;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A keyring of files: one a key, named like it, sealed under one secret; the files of the reference
 * open here and the other way round. Readable by the owner only. Opening a key takes some ten
 * milliseconds on purpose.
 */
public final class FileKeyring implements Keyring {
  private static final Set<Character> SEPARATORS = Set.of('/', '\\', '\0');

  private final Path directory;
  private final String secret;
  private final RandomGenerator random;

  /**
   * @param directory made when the first key is set
   * @param secret throws {@code INVALID_CONFIG} when it is empty
   * @param random a cryptographic source
   */
  public FileKeyring(Path directory, String secret, RandomGenerator random) {
    if (secret.isEmpty()) {
      throw new DefraException(ErrorCode.INVALID_CONFIG, "missing keyring secret");
    }
    this.directory = directory;
    this.secret = secret;
    this.random = random;
  }

  /** The error of a key that must be there and is not. */
  public static DefraException notFound() {
    return new DefraException(ErrorCode.KEY_NOT_FOUND, "secret not found in keyring");
  }

  @Override
  public Optional<byte[]> get(String name) {
    try {
      return Optional.of(KeyFile.open(Files.readString(file(name)), secret));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("failed to read key", e);
    }
  }

  @Override
  public void set(String name, byte[] key) {
    Path file = file(name);
    try {
      Files.createDirectories(directory);
      Path part = Files.createTempFile(directory, "." + name, ".part", ownerOnly());
      try {
        Files.writeString(part, KeyFile.seal(key, secret, random));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw failed("failed to write key", e);
    }
  }

  @Override
  public List<String> names() {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".part"))
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw failed("failed to list keys", e);
    }
  }

  private Path file(String name) {
    boolean hasSeparator = name.chars().anyMatch(c -> SEPARATORS.contains((char) c));
    if (name.isBlank() || name.startsWith(".") || hasSeparator) {
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, "invalid key name", "Name", name);
    }
    return directory.resolve(name);
  }

  private FileAttribute<?>[] ownerOnly() {
    boolean hasPermissions =
        directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    return hasPermissions
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private DefraException failed(String text, IOException cause) {
    return new DefraException(
        ErrorCode.STORAGE_FAILED,
        text,
        Map.of("Directory", directory, "Cause", String.valueOf(cause.getMessage())),
        cause);
  }
}
