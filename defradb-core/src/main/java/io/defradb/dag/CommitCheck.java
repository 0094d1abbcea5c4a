package io.defradb.dag;

import io.defradb.crdt.Delta;
import io.defradb.error.DefraException;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes what a commit claims: that its bytes have its CIDs, that the composite links exactly
 * its field blocks, that document, heads and height are those in the bytes, and that who is said to
 * have signed did sign. It does not know whether an earlier commit was left out: heads tell that.
 * Safe for use by many threads.
 */
public final class CommitCheck {
  private final SignatureCheck signatures = new SignatureCheck();
  private final boolean isSignatureRequired;
  private final Set<String> trusted;

  /** {@code trusted}: DIDs; empty: anybody. */
  public CommitCheck(boolean isSignatureRequired, Set<String> trusted) {
    this.isSignatureRequired = isSignatureRequired;
    this.trusted = Set.copyOf(trusted);
  }

  /**
   * What came of it.
   *
   * @param fault what is wrong, in a clause; {@code null}: nothing
   * @param signer the DID in the composite's signature, when that holds
   */
  public record Verdict(@Nullable String fault, @Nullable String signer) {
    static Verdict fault(String clause) {
      return new Verdict(clause, null);
    }
  }

  /** Never throws for what is in the claim. */
  public Verdict verify(CommitClaim commit) {
    try {
      return verdict(commit);
    } catch (DefraException e) {
      return Verdict.fault("it is no commit: " + e.getMessage());
    }
  }

  private Verdict verdict(CommitClaim commit) {
    if (!isOf(commit.cid(), commit.block())) {
      return Verdict.fault("its bytes are not those of " + commit.cid());
    }
    Block block = BlockCodec.decode(commit.block().unsafeArray());
    if (!(block.delta() instanceof Delta.Composite composite)) {
      return Verdict.fault("its block is no document's commit");
    }
    if (!composite.docId().text().equals(commit.docId())) {
      return Verdict.fault("its block is of document " + composite.docId().text());
    }
    if (!block.heads().stream().map(Cid::toString).toList().equals(commit.heads())) {
      return Verdict.fault("its block follows other heads");
    }
    if (composite.priority() != commit.height()) {
      return Verdict.fault("its block has height " + composite.priority());
    }
    if (block.signature() == null && isSignatureRequired) {
      return Verdict.fault("it is not signed");
    }
    Verdict signed = signed(block, commit.signature());
    if (signed.fault() == null
        && commit.signer() != null
        && !commit.signer().equals(signed.signer())) {
      String by = signed.signer() == null ? "nobody" : signed.signer();
      return Verdict.fault("it was signed by " + by + ", not by " + commit.signer());
    }
    String fault = signed.fault() == null ? linkFault(block, commit.fields()) : signed.fault();
    return new Verdict(fault, fault == null ? signed.signer() : null);
  }

  private @Nullable String linkFault(Block composite, List<CommitClaim.Field> fields) {
    List<DagLink> missing = new ArrayList<>(composite.links());
    for (CommitClaim.Field field : fields) {
      if (!isOf(field.cid(), field.block())) {
        return "the bytes of field " + field.name() + " are not those of " + field.cid();
      }
      if (!missing.remove(new DagLink(field.name(), Cid.fromText(field.cid())))) {
        return "it does not link " + field.cid() + " as field " + field.name();
      }
      Verdict signed = signed(BlockCodec.decode(field.block().unsafeArray()), field.signature());
      if (signed.fault() != null) {
        return "field " + field.name() + ": " + signed.fault();
      }
    }
    return missing.isEmpty() ? null : "it links " + missing.get(0).cid() + ", which is not there";
  }

  /** Who signed the block; nobody for one that names no signature. */
  private Verdict signed(Block block, @Nullable Bytes signature) {
    Cid named = block.signature();
    if (named == null) {
      return new Verdict(null, null);
    }
    if (signature == null || !isOf(named.toString(), signature)) {
      return Verdict.fault("its signature block is missing or another one");
    }
    String signer = signatures.signer(block, signature);
    return trusted.isEmpty() || trusted.contains(signer)
        ? new Verdict(null, signer)
        : Verdict.fault(signer + " is not trusted");
  }

  private static boolean isOf(String cid, Bytes bytes) {
    return Cid.of(Cid.DAG_CBOR, bytes.unsafeArray()).toString().equals(cid);
  }
}
