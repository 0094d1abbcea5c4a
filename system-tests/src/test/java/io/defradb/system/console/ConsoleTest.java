package io.defradb.system.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.client.ClientSettings;
import io.defradb.client.DefraClient;
import io.defradb.system.guide.Newcomer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Screenshots are left in {@code target/console}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTest {
  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path PICTURES = Path.of("target/console");
  private static final String HOSTILE = "<img src=x onerror=\"document.title='caught'\">";

  private Newcomer newcomer;
  private DefraClient node;
  private ChromeDriver browser;
  private String annsId;

  @BeforeAll
  void open(@TempDir Path home) throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER), "no Chromium with its driver");
    newcomer = new Newcomer(home);
    String address = "127.0.0.1:" + newcomer.port;
    newcomer.start(
        "env DEFRA_KEYRING_SECRET=s defradb start --url "
            + address
            + " --p2paddr /ip4/127.0.0.1/tcp/0");
    node = new DefraClient(ClientSettings.anonymous("http://" + address));
    node.addSchema(
        "type User { name: String @index age: Int points: Int @crdt(type: pncounter) } type Book {"
            + " title: String author: User }");
    annsId = create("Ann");
    create(HOSTILE);
    for (int age = 31; age < 35; age++) {
      node.graphql(
          "mutation ($id: [ID!], $age: Int) { update_User(docID: $id, input: {age: $age, points: 2})"
              + " { _docID } }",
          Map.of("id", List.of(annsId), "age", age));
    }
    var options = new ChromeOptions();
    options.setBinary(BROWSER.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,800",
        "--user-data-dir=" + home.resolve("browser"));
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(),
            options);
    browser.get("http://" + address + "/");
    Files.createDirectories(PICTURES);
  }

  @AfterAll
  void close() {
    if (browser != null) {
      browser.quit();
    }
    if (newcomer != null) {
      newcomer.close();
    }
  }

  @Test
  void givenAQuery_whenRunInGraphiql_thenItsAnswerIsShown() throws Exception {
    go("query");
    see(".graphiql-container .CodeMirror");
    browser.executeScript(
        "document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror.setValue(arguments[0])",
        "{\n  User(filter: {age: {_gt: 30}}) {\n    name\n    age\n    points\n  }\n}");
    see(".graphiql-execute-button").click();
    eventually(() -> see(".graphiql-response").getText().contains("\"name\": \"Ann\""));
    picture("query");
  }

  @Test
  void givenASchema_whenAddedInThePage_thenItsCollectionIsThere() throws Exception {
    go("collections");
    see("#sdl").sendKeys("type Shelf { label: String, books: [String!] }");
    see("button.main").click();
    eventually(() -> texts("h2").contains("Shelf"));
    assertThat(texts("h2")).contains("User", "Book");
    picture("collections");
  }

  @Test
  void givenAFaultySchema_whenAdded_thenTheNodesWordsAreShown() {
    go("collections");
    see("#sdl").sendKeys("type Broken {");
    see("button.main").click();
    eventually(() -> see("#fault").isDisplayed() && !see("#fault").getText().isEmpty());
  }

  @Test
  void givenDocuments_whenListed_thenWhatTheyHoldStaysText() throws Exception {
    go("documents/User");
    eventually(() -> texts("td").contains(HOSTILE));
    assertThat(browser.getTitle()).isEqualTo("DefraDB");
    picture("documents");
  }

  @Test
  void givenADocument_whenItsHistoryIsShown_thenEachCommitIsANodeThatTellsOfItself()
      throws Exception {
    go("history/" + annsId);
    eventually(() -> browser.findElements(By.cssSelector("g.composite")).size() == 5);
    assertThat(browser.findElements(By.cssSelector("g.commit"))).hasSize(5 + 1 + 4 + 4);
    WebElement newest = browser.findElement(By.cssSelector("g.composite"));
    newest.findElement(By.tagName("circle")).click();
    eventually(() -> texts("code").contains(newest.getDomAttribute("data-cid")));
    picture("history");
  }

  @Test
  void givenANode_whenItsPeersAreShown_thenItSaysWhoItIs() throws Exception {
    go("peers");
    eventually(() -> texts("code").stream().anyMatch(text -> text.startsWith("12D3KooW")));
    picture("peers");
  }

  @Test
  void givenTheChangesTab_whenADocumentIsMade_thenItsCommitAppears() throws Exception {
    go("feed");
    eventually(() -> see(".bar .faint").getText().startsWith("up to"));
    String docId = create("Cid");
    eventually(
        () -> !browser.findElements(By.cssSelector("a[href='#history/" + docId + "']")).isEmpty());
    assertThat(texts("td.id, .op-create")).contains("create");
    picture("changes");
  }

  private String create(String name) throws InterruptedException {
    return node.graphql(
            "mutation ($name: String) { create_User(input: {name: $name}) { _docID } }",
            Map.of("name", name))
        .path("create_User")
        .path(0)
        .path("_docID")
        .asText();
  }

  /** Drawn anew before it returns: nothing of the tab before is found any more. */
  private void go(String tab) {
    browser.executeScript(
        "history.replaceState(null, '', arguments[0]); dispatchEvent(new Event('hashchange'))",
        "#" + tab);
  }

  private WebElement see(String selector) {
    return waiting().until(driver -> driver.findElement(By.cssSelector(selector)));
  }

  /** Read again when the page is drawn anew meanwhile. */
  private List<String> texts(String selector) {
    return waiting()
        .until(
            driver ->
                driver.findElements(By.cssSelector(selector)).stream()
                    .map(WebElement::getText)
                    .toList());
  }

  private void eventually(java.util.function.BooleanSupplier condition) {
    waiting().until(driver -> condition.getAsBoolean());
  }

  private WebDriverWait waiting() {
    var wait = new WebDriverWait(browser, Duration.ofMinutes(2), Duration.ofMillis(50));
    wait.ignoring(org.openqa.selenium.StaleElementReferenceException.class);
    return wait;
  }

  private void picture(String name) throws Exception {
    Files.write(PICTURES.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
  }
}
