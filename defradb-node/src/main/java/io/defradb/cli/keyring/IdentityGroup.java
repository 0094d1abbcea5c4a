package io.defradb.cli.keyring;

import io.defradb.cli.command.Call;
import io.defradb.cli.command.Command;
import io.defradb.cli.command.Flag;
import io.defradb.cli.command.Group;
import io.defradb.crypto.KeyType;
import io.defradb.crypto.PrivateKey;
import io.defradb.identity.Identity;
import java.security.SecureRandom;
import java.util.List;

/** {@code defradb identity}. */
public final class IdentityGroup {
  private IdentityGroup() {}

  public static Group group() {
    return new Group(
        "identity",
        "Identities of users",
        () ->
            List.of(
                Command.named("new", "Make an identity and show it", IdentityGroup::make)
                    .with(
                        Flag.text("type", "Type of its key: secp256k1 or ed25519")
                            .initially("\"secp256k1\""))));
  }

  private static void make(Call call) {
    KeyType type = KeyType.byWord(call.text("type").orElse(KeyType.SECP256K1.word()));
    Identity identity = Identity.generate(type, new SecureRandom());
    PrivateKey key = identity.privateKey();
    call.console()
        .out()
        .print(
            String.format(
                "{%n  \"PrivateKey\": \"%s\",%n  \"PublicKey\": \"%s\",%n  \"DID\": \"%s\",%n"
                    + "  \"KeyType\": \"%s\"%n}%n",
                key.raw().toHex(), key.publicKey().text(), identity.did(), type.word()));
  }
}
