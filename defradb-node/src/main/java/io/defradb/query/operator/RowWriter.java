package io.defradb.query.operator;

import io.defradb.dag.DagLink;
import io.defradb.dag.SignatureBlock;
import io.defradb.document.JsonWriter;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.query.plan.Output;
import io.defradb.query.plan.SelectPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints rows as JSON, straight from where they are stored. */
final class RowWriter {
  private final Run run;

  RowWriter(Run run) {
    this.run = run;
  }

  /** Every row of the plan as a list. */
  void writeAll(SelectPlan plan, Row above, JsonWriter out) {
    try (Operator rows = run.operators().open(plan.rows(), above)) {
      out.beginArray();
      for (Row row = rows.next(); row != null; row = rows.next()) {
        write(plan.outputs(), row, out);
        run.checkAnswer(out);
      }
      out.endArray();
    }
  }

  private void writeFirst(SelectPlan plan, Row above, JsonWriter out) {
    try (Operator rows = run.operators().open(plan.rows(), above)) {
      Row first = rows.next();
      if (first == null) {
        out.nullValue();
      } else {
        write(plan.outputs(), first, out);
      }
    }
  }

  void write(List<Output> outputs, Row row, JsonWriter out) {
    out.beginObject();
    for (int i = 0; i < outputs.size(); i++) {
      Output output = outputs.get(i);
      out.name(output.name());
      write(output, row, out);
    }
    out.endObject();
  }

  private void write(Output output, Row row, JsonWriter out) {
    switch (output.kind()) {
      case FIELD -> {
        Output.StoredField field = (Output.StoredField) output;
        row.writeValue(field.index(), field.valueKind(), out);
      }
      case VALUE ->
          out.value(run.evaluator().evaluate(((Output.Computed) output).expression(), row));
      case TEXT -> out.string(((Output.FixedText) output).text());
      case OBJECTS -> writeAll(((Output.Objects) output).plan(), row, out);
      case OBJECT -> writeFirst(((Output.SingleObject) output).plan(), row, out);
      case LINKS -> writeLinks(((Output.Links) output).parts(), row.commit(), out);
      case SIGNATURE -> writeSignature(((Output.Signature) output).parts(), row.commit(), out);
    }
  }

  private static void writeLinks(
      List<Output.Part> parts, @Nullable CommitRow commit, JsonWriter out) {
    out.beginArray();
    if (commit != null) {
      for (Cid head : commit.block().heads()) {
        writeLink(parts, "_head", head, out);
      }
      for (DagLink link : commit.block().links()) {
        writeLink(parts, link.name(), link.cid(), out);
      }
    }
    out.endArray();
  }

  private static void writeLink(List<Output.Part> parts, String linkName, Cid cid, JsonWriter out) {
    out.beginObject();
    for (Output.Part part : parts) {
      out.name(part.name());
      switch (part.field()) {
        case "cid" -> out.string(cid.toString());
        case "name" -> writeText(linkName.isEmpty() ? null : linkName, out);
        default -> out.string(part.typeName());
      }
    }
    out.endObject();
  }

  private void writeSignature(List<Output.Part> parts, @Nullable CommitRow commit, JsonWriter out) {
    SignatureBlock signature = commit == null ? null : run.signature(commit.block().signature());
    if (signature == null) {
      out.nullValue();
      return;
    }
    out.beginObject();
    for (Output.Part part : parts) {
      out.name(part.name());
      switch (part.field()) {
        case "type" -> out.string(signature.type());
        case "identity" -> writeBase64(signature.identity(), out);
        case "value" -> writeBase64(signature.value(), out);
        default -> out.string(part.typeName());
      }
    }
    out.endObject();
  }

  private static void writeBase64(Bytes bytes, JsonWriter out) {
    writeText(CommitRow.base64(bytes), out);
  }

  private static void writeText(@Nullable String text, JsonWriter out) {
    if (text == null) {
      out.nullValue();
    } else {
      out.string(text);
    }
  }
}
