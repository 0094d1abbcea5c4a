package io.defradb.cli.keyring;

import io.defradb.cli.command.Arguments;
import io.defradb.cli.command.Call;
import io.defradb.cli.command.Command;
import io.defradb.cli.command.CommandFault;
import io.defradb.cli.command.Entry;
import io.defradb.cli.command.Flag;
import io.defradb.cli.command.Group;
import io.defradb.cli.config.Setting;
import io.defradb.cli.config.Settings;
import io.defradb.crypto.HexText;
import io.defradb.crypto.KeyType;
import io.defradb.crypto.PrivateKey;
import io.defradb.identity.FileKeyring;
import io.defradb.identity.Keyring;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * {@code defradb keyring}. Names and keys go to standard error, as users of the reference know it.
 */
public final class KeyringGroup {
  private static final int ENCRYPTION_KEY_BYTES = 32;

  private KeyringGroup() {}

  public static Group group() {
    return new Group("keyring", "Keys that a node keeps", KeyringGroup::entries);
  }

  private static List<Entry> entries() {
    return List.of(
        Command.named("export", "Show a key in hex", KeyringGroup::export)
            .taking(Arguments.exactly(1, "<name>")),
        Command.named("generate", "Make the keys of a node anew", KeyringGroup::generate)
            .with(
                Flag.on("no-encryption", "No key for encryption at rest"),
                Flag.on("no-peer-key", "No key for the peer-to-peer network")),
        Command.named(
                "import",
                "Keep a key, given in hex",
                call ->
                    keyring(call)
                        .set(call.arguments().get(0), HexText.parse(call.arguments().get(1))))
            .taking(Arguments.exactly(2, "<name> <private-key-hex>")),
        Command.named("list", "List the names of all keys", KeyringGroup::list)
            .taking(Arguments.none()));
  }

  private static Keyring keyring(Call call) {
    Settings settings = Settings.of(call);
    String backend = settings.text(Setting.KEYRING_BACKEND);
    if (backend.equals("system")) {
      throw new CommandFault(
          "the keyring backend is not supported by this build. Backend: " + backend);
    }
    return new FileKeyring(
        settings.root().resolve(settings.text(Setting.KEYRING_PATH)),
        settings.text(Setting.KEYRING_SECRET),
        new SecureRandom());
  }

  private static void export(Call call) {
    byte[] key = keyring(call).get(call.arguments().get(0)).orElseThrow(FileKeyring::notFound);
    call.console().err().println(HexFormat.of().formatHex(key));
  }

  private static void generate(Call call) {
    Keyring keyring = keyring(call);
    var random = new SecureRandom();
    PrintStream err = call.console().err();
    if (!call.isOn("no-encryption")) {
      byte[] key = new byte[ENCRYPTION_KEY_BYTES];
      random.nextBytes(key);
      keyring.set(Keyring.ENCRYPTION_KEY, key);
      err.println("generated encryption key");
    }
    if (!call.isOn("no-peer-key")) {
      PrivateKey key = PrivateKey.generate(KeyType.ED25519, random);
      keyring.set(Keyring.PEER_KEY, key.raw().toArray());
      err.println("generated peer key");
    }
  }

  private static void list(Call call) {
    List<String> names = keyring(call).names();
    PrintStream err = call.console().err();
    err.println(names.isEmpty() ? "No keys found in the keyring." : "Keys in the keyring:");
    names.forEach(name -> err.println("- " + name));
  }
}
