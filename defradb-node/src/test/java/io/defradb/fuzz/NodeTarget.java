package io.defradb.fuzz;

import io.defradb.crypto.KeyType;
import io.defradb.node.DefraNode;
import io.defradb.node.NodeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole node in memory, over sockets: bytes that are meant to be HTTP. Whatever comes, the node
 * answers something else than "a fault of mine" (500), and the next one, too.
 */
final class NodeTarget implements FuzzTarget {
  /** Documents pile up; a node is given up after so many inputs. */
  private static final int INPUTS_MAX = 5_000;

  private static final int READ_MILLIS_MAX = 25_000;
  private static final String BODY = "\r\n\r\n";

  private final Path root;
  private final boolean isGraphql;
  private DefraNode node;
  private int inputs;

  /** {@code isGraphql}: inputs are requests in the query language; else whole HTTP requests. */
  NodeTarget(Path root, boolean isGraphql) {
    this.root = root;
    this.isGraphql = isGraphql;
    this.node = fresh();
  }

  private DefraNode fresh() {
    var config =
        new NodeConfig(
            root,
            new NodeConfig.Api("127.0.0.1", 0, List.of(), null, true),
            new NodeConfig.Store(true, root.resolve("data"), false, NodeConfig.Durability.OS),
            new NodeConfig.Keys(null, true, KeyType.SECP256K1),
            new NodeConfig.Net(
                false, List.of(), List.of(), false, false, false, List.of(Duration.ofSeconds(1))),
            new NodeConfig.Acp(false, "local", null),
            5,
            true,
            null);
    DefraNode started = DefraNode.start(config);
    node = started;
    post("/schema", Seeds.SDL);
    for (byte[] request : Seeds.requests()) {
      String text = new String(request, StandardCharsets.UTF_8);
      if (text.startsWith("mutation { create_")) {
        post("/graphql", graphql(text));
      }
    }
    return started;
  }

  @Override
  public List<byte[]> seeds() {
    return isGraphql ? Seeds.requests() : requests();
  }

  private static List<byte[]> requests() {
    var requests = new ArrayList<byte[]>();
    String document = "/collections/U/bae-77305e85-7626-5dcf-9f38-908a5b340000";
    String[][] calls = {
      {"POST", "/schema", "type Q { a: Int @index b: [String!] }"},
      {
        "PATCH",
        "/schema",
        "{\"Patch\":\"[{\\\"op\\\":\\\"add\\\",\\\"path\\\":\\\"/B/Fields/-\\\",\\\"value\\\":{\\\"Name\\\":\\\"y\\\",\\\"Kind\\\":\\\"Int\\\"}}]\",\"SetAsDefaultVersion\":true}"
      },
      {"GET", "/schema?name=U", ""},
      {"POST", "/schema/default", "bafkreifoc6desru2ookknq7s36opfcnkpjdx24v3kjmxyzgberpl2dnk6u"},
      {"GET", "/collections?get_inactive=true&name=U", ""},
      {
        "PATCH",
        "/collections",
        "\"[{\\\"op\\\":\\\"replace\\\",\\\"path\\\":\\\"/x/IsActive\\\",\\\"value\\\":true}]\""
      },
      {
        "POST",
        "/view",
        "{\"Query\":\"U { name }\",\"SDL\":\"type V { name: String }\",\"Transform\":null}"
      },
      {"POST", "/view/refresh?name=V", ""},
      {"GET", "/collections/U", ""},
      {
        "POST",
        "/collections/U",
        "[{\"name\":\"x\",\"age\":9007199254740993,\"meta\":{\"a\":[]}},{\"pts\":1.5}]"
      },
      {"POST", "/collections/U?encrypt=true&encryptFields=name,age", "{\"name\":\"e\"}"},
      {
        "PATCH",
        "/collections/U",
        "{\"filter\":{\"age\":{\"_gt\":1}},\"updater\":\"{\\\"ok\\\":true}\"}"
      },
      {"DELETE", "/collections/P", "{\"filter\":\"{title: {_eq: \\\"t\\\"}}\"}"},
      {"GET", document + "?show_deleted=true", ""},
      {
        "PATCH",
        document,
        "{\"tags\":[\"a\",null],\"born\":\"2020-01-02T03:04:05Z\",\"bin\":\"ff\"}"
      },
      {"DELETE", document, ""},
      {
        "POST",
        "/collections/U/indexes",
        "{\"Name\":\"i\",\"Fields\":[{\"Name\":\"age\",\"Descending\":true}],\"Unique\":false}"
      },
      {"GET", "/collections/U/indexes", ""},
      {"DELETE", "/collections/U/indexes/i", ""},
      {"GET", "/collections/indexes", ""},
      {
        "POST",
        "/graphql",
        "{\"query\":\"query A($a: Int) { U(filter: {age: {_eq: $a}}) { name } }\",\"operationName\":\"A\",\"variables\":{\"a\":30}}"
      },
      {
        "POST",
        "/graphql",
        "{\"query\":\"query A($a: Int $f: Float $j: JSON) { U(filter: {age: {_eq: $a}, pts: {_gt: $f}, meta: {_ne: $j}}) { name } }\",\"variables\":{\"a\":1e99999,\"f\":1e999999999,\"j\":[-1e-99999999]}}"
      },
      {"GET", "/graphql?query=%7BU%7Bname%7D%7D&variables=%7B%7D", ""},
      {"POST", "/tx?read_only=true", ""},
      {"POST", "/tx/concurrent", ""},
      {"POST", "/tx/3", ""},
      {"DELETE", "/tx/3", ""},
      {
        "POST", "/p2p/replicators", "{\"Info\":{\"ID\":\"x\",\"Addrs\":[]},\"Collections\":[\"U\"]}"
      },
      {
        "POST", "/p2p/documents/sync", "{\"collectionName\":\"U\",\"docIDs\":[],\"timeout\":\"5s\"}"
      },
      {
        "POST",
        "/acp/document/policy",
        "name: a\nresources:\n  u:\n    permissions:\n      read:\n        expr: owner + reader\n    relations:\n      owner:\n        types:\n          - actor\n"
      },
      {
        "POST",
        "/acp/document/relationship",
        "{\"CollectionName\":\"U\",\"DocID\":\"x\",\"Relation\":\"reader\",\"TargetActor\":\"*\"}"
      },
      {"POST", "/acp/node/relationship", "{\"Relation\":\"admin\",\"TargetActor\":\"did:key:z\"}"},
      {
        "POST",
        "/lens",
        "{\"SourceSchemaVersionID\":\"a\",\"DestinationSchemaVersionID\":\"b\",\"Lens\":{\"Lenses\":[{\"Path\":\"p\",\"Inverse\":false,\"Arguments\":{}}]}}"
      },
      {"POST", "/lens/registry/x/up", "{\"CollectionID\":\"x\",\"Data\":[{\"a\":1}]}"},
      {"GET", "/block/verify-signature?cid=bafy&public-key=00&type=ed25519", ""},
      {"POST", "/ccip", "{\"sender\":\"x\",\"data\":\"0x7b2271756572\"}"},
      {"GET", "/ccip/x/0x7b7d", ""},
      {"GET", "/changes?since=0&limit=5&include=before,after&collection=U", ""},
      {"GET", "/changes/info", ""},
      {
        "POST",
        "/ingest",
        "{\"position\":{\"sink\":\"s\",\"clusterId\":\"\",\"topic\":\"t\",\"topicId\":\"\",\"partition\":0},\"operations\":[{\"op\":\"upsert\",\"collection\":\"U\",\"offset\":1,\"key\":{\"name\":\"i\"},\"document\":{\"age\":1},\"increments\":{\"c\":1}}]}"
      },
    };
    for (String[] call : calls) {
      requests.add(request(call[0], "/api/v0" + call[1], call[2]));
    }
    requests.add(request("GET", "/", ""));
    requests.add(request("GET", "/metrics", ""));
    requests.add(request("GET", "/openapi.json", ""));
    return requests;
  }

  @Override
  public List<String> words() {
    if (isGraphql) {
      return Seeds.GRAPHQL_WORDS;
    }
    var words =
        new ArrayList<>(
            List.of(
                "GET",
                "PATCH",
                "/",
                "%",
                "%00",
                "%2F",
                "..",
                "?",
                "&",
                "=",
                "HTTP/1.1",
                "\r\n",
                "\r\n\r\n",
                "Transfer-Encoding: chunked\r\n",
                "Expect: 100-continue\r\n",
                "x-defradb-tx: 2\r\n",
                "Authorization: Bearer a.b.c\r\n",
                "Origin: x\r\n",
                "Connection: Upgrade\r\n",
                "null",
                "\"\"",
                "{}",
                "[]",
                "\"name\":",
                "\"a\"",
                "9223372036854775808",
                "-1",
                "1e400",
                "\\u0000"));
    words.addAll(Seeds.SDL_WORDS);
    return words;
  }

  @Override
  public boolean accepts(byte[] input) throws Exception {
    if (++inputs % INPUTS_MAX == 0) {
      node.close();
      node = fresh();
    }
    if (isGraphql) {
      String text = new String(input, StandardCharsets.UTF_8);
      return post("/graphql", graphql(text)).contains("\r\n\r\n{\"data\"");
    }
    String text = new String(input, StandardCharsets.ISO_8859_1);
    boolean isElsewhere =
        text.contains("backup") || text.contains("dump") || text.contains("purge");
    return !isElsewhere && exchange(withLength(text)).startsWith("HTTP/1.1 200 ");
  }

  private static String graphql(String request) {
    return "{\"query\":"
        + com.fasterxml.jackson.databind.node.TextNode.valueOf(request).toString()
        + "}";
  }

  private String post(String path, String body) {
    return exchange(request("POST", "/api/v0" + path, body));
  }

  private static byte[] request(String method, String target, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return (method
            + " "
            + target
            + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            + bytes.length
            + BODY
            + new String(bytes, StandardCharsets.ISO_8859_1))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** So that a changed body is still read to its end. */
  private static byte[] withLength(String text) {
    int split = text.indexOf(BODY);
    String whole = text;
    if (split >= 0) {
      int length = text.length() - split - BODY.length();
      whole =
          text.substring(0, split).replaceAll("Content-Length: \\d+", "Content-Length: " + length)
              + text.substring(split);
    }
    return whole.getBytes(StandardCharsets.ISO_8859_1);
  }

  private String exchange(byte[] request) {
    try (var socket = new Socket()) {
      int port = node.httpAddress().getPort();
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout(READ_MILLIS_MAX);
      socket.getOutputStream().write(request);
      if (!isGraphql) {
        socket.shutdownOutput();
      }
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (answer.startsWith("HTTP/1.1 500 ")) {
        throw new AssertionError(answer);
      }
      return answer;
    } catch (IOException cut) {
      throw new UncheckedIOException(cut);
    }
  }

  @Override
  public void close() {
    node.close();
  }
}
