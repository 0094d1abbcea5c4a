package io.defradb.connect.source.transform;

import io.defradb.crdt.Delta;
import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.dag.DagLink;
import io.defradb.dag.SignatureCheck;
import io.defradb.error.DefraException;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes what a commit record claims: that its bytes have its CIDs, that the composite links
 * exactly its field blocks, that document, heads and height are those in the bytes, and that who is
 * said to have signed did sign. It does not know whether an earlier commit was left out: heads tell
 * that. For one thread.
 */
final class CommitCheck {
  private final SignatureCheck signatures = new SignatureCheck();
  private final boolean isSignatureRequired;
  private final Set<String> trusted;

  /** {@code trusted}: DIDs; empty: anybody. */
  CommitCheck(boolean isSignatureRequired, Set<String> trusted) {
    this.isSignatureRequired = isSignatureRequired;
    this.trusted = trusted;
  }

  /** What is wrong, in a clause; {@code null}: nothing. */
  @Nullable String fault(Members commit) {
    try {
      return faultOf(commit);
    } catch (DefraException | DataException e) {
      return "it is no commit: " + e.getMessage();
    }
  }

  private @Nullable String faultOf(Members commit) {
    byte[] bytes = commit.bytes("block");
    if (bytes == null) {
      return "it has no block";
    }
    if (!isOf(commit.text("cid"), bytes)) {
      return "its bytes are not those of " + commit.text("cid");
    }
    Block block = BlockCodec.decode(bytes);
    if (!(block.delta() instanceof Delta.Composite composite)) {
      return "its block is no document's commit";
    }
    if (!composite.docId().text().equals(commit.text("docID"))) {
      return "its block is of document " + composite.docId().text();
    }
    if (!block.heads().stream().map(Cid::toString).toList().equals(commit.texts("heads"))) {
      return "its block follows other heads";
    }
    if (!String.valueOf(composite.priority()).equals(commit.text("height"))) {
      return "its block has height " + composite.priority();
    }
    String fault = signatureFault(block, commit, true);
    return fault == null ? linkFault(block, commit) : fault;
  }

  private @Nullable String linkFault(Block composite, Members commit) {
    List<DagLink> missing = new ArrayList<>(composite.links());
    for (Members field : commit.parts("fields")) {
      byte[] bytes = field.bytes("block");
      String name = field.text("name");
      String cid = field.text("cid");
      if (bytes == null || !isOf(cid, bytes)) {
        return "the bytes of field " + name + " are not those of " + cid;
      }
      if (!missing.remove(new DagLink(name, Cid.fromText(cid)))) {
        return "it does not link " + cid + " as field " + name;
      }
      String fault = signatureFault(BlockCodec.decode(bytes), field, false);
      if (fault != null) {
        return "field " + name + ": " + fault;
      }
    }
    return missing.isEmpty() ? null : "it links " + missing.get(0).cid() + ", which is not there";
  }

  private @Nullable String signatureFault(Block block, Members of, boolean isCommit) {
    Cid named = block.signature();
    byte[] bytes = of.bytes("signature");
    if (named == null) {
      return isSignatureRequired && isCommit ? "it is not signed" : null;
    }
    if (bytes == null || !isOf(named.toString(), bytes)) {
      return "its signature block is missing or another one";
    }
    String signer = signatures.signer(block, Bytes.wrap(bytes));
    Object claimed = of.get("signer");
    if (claimed != null && !claimed.equals(signer)) {
      return "it was signed by " + signer + ", not by " + claimed;
    }
    return trusted.isEmpty() || trusted.contains(signer) ? null : signer + " is not trusted";
  }

  private static boolean isOf(String cid, byte[] bytes) {
    return Cid.of(Cid.DAG_CBOR, bytes).toString().equals(cid);
  }
}
