package io.defradb.connect.source.transform;

import io.defradb.connect.source.Version;
import io.defradb.dag.CommitCheck;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recomputes CIDs, links and signatures of records of {@code output.format=commit}. Works in the
 * source, and in any sink behind any converter, also JSON without schemas. What is right gets the
 * header {@code defradb.verified}; tombstones and other values without a block pass as they are
 * only when they are null.
 */
public final class VerifyCommit<R extends ConnectRecord<R>>
    implements Transformation<R>, Versioned {
  private static final Logger LOG = LoggerFactory.getLogger(VerifyCommit.class);
  static final String VERIFIED = "defradb.verified";
  static final String FAULT = "defradb.verification.fault";

  private static final String MODE = "failure.handling.mode";
  private static final String SIGNATURE = "signature.required";
  private static final String TRUSTED = "trusted.signers";
  private static final ConfigDef DEF =
      new ConfigDef()
          .define(
              MODE,
              Type.STRING,
              "fail",
              CaseInsensitiveValidString.in("fail", "skip", "mark"),
              Importance.HIGH,
              "fail: the record fails, as errors.tolerance says; skip: it is left out, and logged;"
                  + " mark: it goes on with headers that say so.")
          .define(
              SIGNATURE,
              Type.BOOLEAN,
              true,
              Importance.HIGH,
              "Whether a commit must be signed. Without a signature a CID only proves that bytes"
                  + " are whole, and not whose they are.")
          .define(
              TRUSTED,
              Type.LIST,
              "",
              Importance.MEDIUM,
              "DIDs of those who may have signed; empty: anybody.");

  private CommitCheck check = new CommitCheck(true, Set.of());
  private String mode = "fail";
  private long skipped;

  @Override
  public String version() {
    return Version.TEXT;
  }

  @Override
  public ConfigDef config() {
    return DEF;
  }

  @Override
  public void configure(Map<String, ?> given) {
    var config = new AbstractConfig(DEF, given, false);
    mode = config.getString(MODE).toLowerCase(java.util.Locale.ROOT);
    check = new CommitCheck(config.getBoolean(SIGNATURE), Set.copyOf(config.getList(TRUSTED)));
  }

  @Override
  public @Nullable R apply(R record) {
    if (record.value() == null) {
      return record;
    }
    String fault = fault(record.value());
    if (fault == null) {
      return marked(record, true);
    }
    String message = "The commit of record key " + record.key() + " is refused: " + fault;
    switch (mode) {
      case "skip" -> {
        if (Long.bitCount(++skipped) == 1) { // ever more rarely
          LOG.warn("{} (skipped so far: {})", message, skipped);
        }
        return null;
      }
      case "mark" -> {
        R marked = marked(record, false);
        marked.headers().addString(FAULT, fault);
        return marked;
      }
      default -> throw new DataException(message);
    }
  }

  private @Nullable String fault(Object value) {
    try {
      return check.verify(CommitClaims.of(Members.of(value))).fault();
    } catch (DataException e) {
      return "it is no commit: " + e.getMessage();
    }
  }

  private R marked(R record, boolean isVerified) {
    R marked =
        record.newRecord(
            record.topic(),
            record.kafkaPartition(),
            record.keySchema(),
            record.key(),
            record.valueSchema(),
            record.value(),
            record.timestamp(),
            record.headers().duplicate());
    marked.headers().remove(VERIFIED).remove(FAULT); // what came with it proves nothing
    marked.headers().add(VERIFIED, isVerified, Schema.BOOLEAN_SCHEMA);
    return marked;
  }

  @Override
  public void close() {}
}
