package io.defradb.system.rules;

import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.defradb.error.DefraException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  /**
   * From the roof down: a room knows only rooms that stand after it. Log lines are JSON, so
   * telemetry stands above the document room that prints it.
   */
  private static final List<String> ROOMS =
      List.of(
          "cli",
          "node",
          "http",
          "graphql",
          "replication",
          "query",
          "db",
          "event",
          "request",
          "lens",
          "acp",
          "embedding",
          "dag",
          "schema",
          "crdt",
          "libp2p",
          "telemetry",
          "document",
          "identity",
          "storage",
          "ipld",
          "crypto",
          "multiformats",
          "error");

  private static JavaClasses classes;

  @BeforeAll
  static void load() {
    classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar")) // tests, packaged
            .importPackages("io.defradb");
  }

  @Test
  void aRoomKnowsOnlyRoomsBelowIt() {
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < ROOMS.size(); i++) {
      for (String above : ROOMS.subList(0, i)) {
        var rule =
            noClasses()
                .that()
                .resideInAPackage(room(ROOMS.get(i)))
                .should(dependOnClassesThat(JavaClass.Predicates.resideInAPackage(room(above))))
                .allowEmptyShould(true);
        faults.addAll(rule.evaluate(classes).getFailureReport().getDetails());
      }
    }
    assertThat(faults).isEmpty();
  }

  /** So separate that lifting the stack out would only move files. */
  @Test
  void thePeerStackKnowsNoDocuments() {
    noClasses()
        .that()
        .resideInAPackage("io.defradb.libp2p..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.defradb.document..",
            "io.defradb.identity..",
            "io.defradb.storage..",
            "io.defradb.ipld..")
        .check(classes);
  }

  @Test
  void theFoldersOfARoomHaveNoCycles() {
    for (String room :
        List.of("query", "db", "http", "graphql", "schema", "libp2p", "replication")) {
      SlicesRuleDefinition.slices()
          .matching("io.defradb." + room + ".(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .check(classes);
    }
  }

  @Test
  void whatIsPureTouchesNoFileSocketOrThread() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.defradb.multiformats..",
            "io.defradb.ipld..",
            "io.defradb.document..",
            "io.defradb.schema..",
            "io.defradb.crdt..",
            "io.defradb.dag..",
            "io.defradb.request..",
            "io.defradb.query.plan..",
            "io.defradb.query.rule..",
            "io.defradb.query.filter..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.net..", "java.nio.file..", "java.nio.channels..", "io.netty..", "org.rocksdb..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Thread.class, java.io.File.class)
        .check(classes);
  }

  @Test
  void aLibraryStaysInItsRoom() {
    onlyIn("org.rocksdb..", "io.defradb.storage.rocksdb..");
    onlyIn(
        "io.netty..",
        "io.defradb.http..",
        "io.defradb.libp2p.transport.tcp..",
        "io.defradb.replication.rpc..");
    onlyIn("com.dylibso..", "io.defradb.lens..");
    onlyIn("graphql..", "io.defradb.graphql..");
    onlyIn("picocli..", "io.defradb.quickstart..", "io.defradb.streams..");
    onlyIn(
        "org.apache.kafka..",
        "io.defradb.connect..",
        "io.defradb.streams..",
        "io.defradb.quickstart..");
    onlyIn("net.jpountz..", "io.defradb.db..");
  }

  @Test
  void httpAndGraphqlNeverTouchStorageOrDag() {
    noClasses()
        .that()
        .resideInAnyPackage("io.defradb.http..", "io.defradb.graphql..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.defradb.storage..")
        .check(classes);
  }

  @Test
  void connectorsAndExamplesNeverSeeTheNode() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.defradb.connect..", "io.defradb.streams..", "io.defradb.quickstart..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.defradb.node..",
            "io.defradb.http..",
            "io.defradb.db..",
            "io.defradb.storage..",
            "io.defradb.query..")
        .check(classes);
  }

  @Test
  void everyExceptionIsOfOneTree() {
    classes()
        .that()
        .areAssignableTo(Throwable.class)
        .should()
        .beAssignableTo(DefraException.class)
        .check(classes);
  }

  @Test
  void onlyTheCommandLinesPrint() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.defradb.cli..", "io.defradb.quickstart..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(PrintStream.class)
        .check(classes);
  }

  @Test
  void clockChanceAndThreadsComeFromTheCompositionRoot() {
    noClasses()
        .that()
        .resideInAPackage("io.defradb..")
        .and()
        .resideOutsideOfPackages(
            "io.defradb.node..",
            "io.defradb.cli..",
            "io.defradb.connect..",
            "io.defradb.quickstart..",
            "io.defradb.streams..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callConstructor(Random.class)
        .orShould()
        .callConstructor(Thread.class, Runnable.class)
        .orShould()
        .callConstructor(Thread.class, Runnable.class, String.class)
        .check(classes);
  }

  @Test
  void noPackageIsADrawer() {
    var drawers = new TreeSet<String>();
    for (JavaClass type : classes) {
      String name = type.getPackageName();
      if (name.matches(".*\\.(util|utils|common|helper|helpers|misc|impl|manager)(\\..*)?")) {
        drawers.add(name);
      }
    }
    assertThat(drawers).isEmpty();
  }

  @Test
  void everyPackageIsNullMarkedAndExplained() {
    var unmarked = new TreeSet<String>();
    for (JavaClass type : classes) {
      boolean isMarked =
          type.getPackage().tryGetPackageInfo().isPresent()
              && type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
      if (!isMarked) {
        unmarked.add(type.getPackageName());
      }
    }
    assertThat(unmarked).isEmpty();
  }

  private static void onlyIn(String library, String... rooms) {
    noClasses()
        .that()
        .resideInAPackage("io.defradb..")
        .and()
        .resideOutsideOfPackages(rooms)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .allowEmptyShould(true)
        .check(classes);
  }

  private static String room(String name) {
    return "io.defradb." + name + "..";
  }
}
