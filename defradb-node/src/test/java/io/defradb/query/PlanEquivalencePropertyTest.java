package io.defradb.query;

import static io.defradb.query.Requests.aggregate;
import static io.defradb.query.Requests.number;
import static io.defradb.query.Requests.query;
import static io.defradb.query.Requests.select;
import static io.defradb.query.Requests.text;
import static io.defradb.query.Requests.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.acp.Asker;
import io.defradb.document.JsonWriter;
import io.defradb.document.Value;
import io.defradb.query.operator.QueryLimits;
import io.defradb.query.plan.Planner;
import io.defradb.query.plan.ViewQueries;
import io.defradb.request.Filter;
import io.defradb.request.Order;
import io.defradb.request.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An optimised plan answers as the plain one, for random documents and requests. */
class PlanEquivalencePropertyTest {
  private static final int REQUESTS = 40;

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenAnyRequest_whenOptimised_thenTheAnswerIsThatOfThePlainPlan(long seed) {
    var random = new Random(seed);
    FakeStore store = documents(random);
    var plain =
        new RequestRunner(
            QueryLimits.DEFAULT,
            new Planner(UnaryOperator.identity(), ViewQueries.NONE),
            ViewQueries.NONE);
    var optimised = new RequestRunner(QueryLimits.DEFAULT);
    for (int i = 0; i < REQUESTS; i++) {
      Request request = request(random);
      assertThat(run(optimised, request, store))
          .as("seed %d, request %d: %s", seed, i, request)
          .isEqualTo(run(plain, request, store));
      assertThat(store.openCursors()).isZero();
    }
  }

  private static String run(RequestRunner runner, Request request, FakeStore store) {
    var out = new JsonWriter();
    runner.run(request, store, Asker.ANONYMOUS, out);
    return new String(out.toBytes(), StandardCharsets.UTF_8);
  }

  private static FakeStore documents(Random random) {
    var store = new FakeStore();
    int users = random.nextInt(30);
    for (int i = 0; i < users; i++) {
      Map<String, Value> fields = new HashMap<>();
      fields.put("name", text("n" + random.nextInt(5)));
      fields.put("age", random.nextInt(4) == 0 ? Value.NULL : number(random.nextInt(4)));
      fields.put("city", random.nextInt(4) == 0 ? Value.NULL : text("c" + random.nextInt(3)));
      fields.put("points", new Value.Float64(random.nextInt(6) / 2.0));
      store.put(FakeStore.USER, "u" + i, fields);
    }
    int posts = random.nextInt(60);
    for (int i = 0; i < posts; i++) {
      Map<String, Value> fields = new HashMap<>();
      fields.put("title", text("t" + random.nextInt(5)));
      fields.put("likes", number(random.nextInt(5)));
      fields.put("author_id", random.nextInt(5) == 0 ? Value.NULL : text("u" + random.nextInt(30)));
      store.put(FakeStore.POST, "p" + i, fields);
    }
    return store;
  }

  private static Request request(Random random) {
    var users = select("User", "User").filter(filter(random, 2)).order(orders(random));
    if (random.nextBoolean()) {
      users.limit(random.nextInt(6)).offset(random.nextInt(4));
    }
    if (random.nextInt(3) == 0) {
      return query(
          users
              .groupBy("age")
              .of(
                  "age",
                  aggregate("n", "_count", "_group", null, null),
                  aggregate("s", "_sum", "_group", "points", null),
                  aggregate("v", "_avg", "_group", "points", null)));
    }
    return query(
        users.of(
            "_docID",
            "age",
            select("posts", "Post")
                .order(orders(random, "likes", "title"))
                .limit(random.nextInt(3))
                .of("title", select("author", "User").of("name")),
            aggregate("n", "_count", "posts", null, where("likes", "_gt", number(1)))));
  }

  private static Order[] orders(Random random) {
    return orders(random, "age", "name", "city", "points");
  }

  private static Order[] orders(Random random, String... fields) {
    var orders = new ArrayList<Order>();
    for (int i = random.nextInt(3); i > 0; i--) {
      orders.add(new Order(List.of(fields[random.nextInt(fields.length)]), random.nextBoolean()));
    }
    return orders.toArray(Order[]::new);
  }

  private static Filter filter(Random random, int depth) {
    if (depth > 0 && random.nextInt(3) == 0) {
      var parts = new ArrayList<Filter>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        parts.add(filter(random, depth - 1));
      }
      return switch (random.nextInt(3)) {
        case 0 -> new Filter.And(parts);
        case 1 -> new Filter.Or(parts);
        default -> new Filter.Not(parts.get(0));
      };
    }
    return switch (random.nextInt(7)) {
      case 6 -> range("points", random);
      case 0 -> where("city", "_eq", text("c" + random.nextInt(4)));
      case 1 -> where("age", random.nextBoolean() ? "_ge" : "_lt", number(random.nextInt(4)));
      case 2 -> where("_docID", "_eq", text("u" + random.nextInt(30)));
      case 3 ->
          where(
              "_docID",
              "_in",
              new Value.Items(List.of(text("u9"), text("u1"), text("nope"), text("u9"))));
      case 4 -> where("name", "_like", text("%" + random.nextInt(5)));
      default -> new Filter.OnRelation("posts", where("likes", "_gt", number(random.nextInt(5))));
    };
  }

  private static Filter range(String field, Random random) {
    Filter low = where(field, random.nextBoolean() ? "_ge" : "_gt", half(random));
    return random.nextBoolean()
        ? low
        : new Filter.And(
            List.of(low, where(field, random.nextBoolean() ? "_le" : "_lt", half(random))));
  }

  private static Value half(Random random) {
    return new Value.Float64(random.nextInt(6) / 2.0);
  }
}
