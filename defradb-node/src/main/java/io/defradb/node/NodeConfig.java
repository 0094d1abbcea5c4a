package io.defradb.node;

import io.defradb.crypto.KeyType;
import io.defradb.identity.Identity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set about a node, checked for form and with all paths resolved; whoever
 * starts a node (the command line, a test, an embedding program) makes one.
 *
 * @param rootDirectory where the node keeps what belongs to it
 * @param transactionRetriesMax how often a request that met another one's writes is run again
 * @param isDevelopment purge is allowed, and a node without keyring still has an identity
 * @param nativeDirectory where native libraries are unpacked once; {@code null}: at every start
 */
public record NodeConfig(
    Path rootDirectory,
    Api api,
    Store store,
    Keys keys,
    Net net,
    Acp acp,
    int transactionRetriesMax,
    boolean isDevelopment,
    @Nullable Path nativeDirectory) {

  /**
   * The HTTP door.
   *
   * @param host empty: all addresses
   * @param port 0: any free one
   * @param allowedOrigins of CORS; {@code *} allows all
   * @param tls {@code null}: plain HTTP
   * @param hasConsole browsers get the console at the root
   */
  public record Api(
      String host, int port, List<String> allowedOrigins, @Nullable Tls tls, boolean hasConsole) {
    public Api {
      allowedOrigins = List.copyOf(allowedOrigins);
    }
  }

  /** Two PEM files, a certificate chain and its private key, in either order. */
  public record Tls(Path first, Path second) {}

  /** What an acknowledged write has survived. */
  public enum Durability {
    /** The death of the process. */
    OS,
    /** The death of the machine: an fsync, shared by the writes that wait for it. */
    SYNC
  }

  /**
   * The store.
   *
   * @param isInMemory nothing on disk
   * @param directory of the data; not used in memory
   * @param isEncrypted values are sealed with the keyring's encryption key, when there is a keyring
   */
  public record Store(
      boolean isInMemory, Path directory, boolean isEncrypted, Durability durability) {}

  /**
   * Keys and signing.
   *
   * @param keyring {@code null}: none; keys are made anew at every start
   * @param isSigning commits are signed by the node's identity
   * @param defaultType of a node identity that is made because there is none
   */
  public record Keys(@Nullable KeyringFolder keyring, boolean isSigning, KeyType defaultType) {}

  /** A keyring of files. {@code secret}: empty when none was given, which fails the start. */
  public record KeyringFolder(Path directory, String secret) {
    @Override
    public String toString() {
      return "KeyringFolder[directory=" + directory + "]";
    }
  }

  /**
   * The peer-to-peer network.
   *
   * @param hasKeyExchange keys of encrypted documents are asked for, and told to those who may read
   * @param retryIntervals of replicators, the last one repeats
   */
  public record Net(
      boolean isEnabled,
      List<String> addresses,
      List<String> peers,
      boolean hasPubSub,
      boolean hasRelay,
      boolean hasKeyExchange,
      List<Duration> retryIntervals) {
    public Net {
      addresses = List.copyOf(addresses);
      peers = List.copyOf(peers);
      retryIntervals = List.copyOf(retryIntervals);
    }
  }

  /**
   * Access control.
   *
   * @param isNodeEnabled node access control; needs {@code identity}
   * @param documentType {@code none}, {@code local} or {@code source-hub}
   * @param identity who starts the node
   */
  public record Acp(boolean isNodeEnabled, String documentType, @Nullable Identity identity) {}
}
