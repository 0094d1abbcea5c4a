package io.defradb.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.json.GoJsonFaults;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which kinds of values the members of a body have. What is of another kind is refused in the words
 * that users know from the reference, which name the reference's own types. Members are found
 * without regard to case, null stands for every kind, unknown members are ignored. Immutable.
 */
public final class JsonShape {
  private static final String MAP = "map[string]interface {}";

  /** A chain of WASM modules. */
  public static final JsonShape LENS = of("model.Lens").lenses();

  private final String type;
  private final Map<String, Member> members;

  private JsonShape(String type, Map<String, Member> members) {
    this.type = type;
    this.members = members;
  }

  /**
   * A member.
   *
   * @param type as messages name it
   * @param inside of an object; null where everything may be inside
   * @param element of a list's elements; null when it is no list
   * @param isOptional the reference wraps it, and messages name the owner of the wrapper
   */
  private record Member(
      Kind kind,
      String type,
      @Nullable JsonShape inside,
      @Nullable Member element,
      boolean isOptional) {
    static Member scalar(Kind kind, String type) {
      return new Member(kind, type, null, null, false);
    }

    static Member list(Member element) {
      return new Member(Kind.LIST, "[]" + element.type, null, element, false);
    }

    static Member object(JsonShape inside, boolean isOptional) {
      return new Member(Kind.OBJECT, inside.type, inside, null, isOptional);
    }
  }

  private enum Kind {
    TEXT,
    FLAG,
    OBJECT,
    LIST
  }

  /** {@code type}: the reference's name, with its package. */
  public static JsonShape of(String type) {
    return new JsonShape(type, Map.of());
  }

  public JsonShape text(String name) {
    return with(name, Member.scalar(Kind.TEXT, "string"));
  }

  public JsonShape flag(String name) {
    return with(name, Member.scalar(Kind.FLAG, "bool"));
  }

  public JsonShape texts(String name) {
    return with(name, Member.list(Member.scalar(Kind.TEXT, "string")));
  }

  public JsonShape object(String name, JsonShape inside) {
    return with(name, Member.object(inside, false));
  }

  /** An object that the reference wraps. */
  public JsonShape optional(String name, JsonShape inside) {
    return with(name, Member.object(inside, true));
  }

  /** Any object. */
  public JsonShape map(String name) {
    return with(name, Member.scalar(Kind.OBJECT, MAP));
  }

  public JsonShape maps(String name) {
    return with(name, Member.list(Member.scalar(Kind.OBJECT, MAP)));
  }

  public JsonShape objects(String name, JsonShape each) {
    return with(name, Member.list(Member.object(each, false)));
  }

  /** The modules of a chain, as {@code Lenses}. */
  public JsonShape lenses() {
    return objects("Lenses", of("model.LensModule").text("Path").flag("Inverse").map("Arguments"));
  }

  private JsonShape with(String name, Member member) {
    var more = new LinkedHashMap<>(members);
    more.put(name, member);
    return new JsonShape(type, more);
  }

  /**
   * The object that {@code body} is; an empty one for null.
   *
   * @throws DefraException INVALID_JSON
   */
  public JsonNode check(JsonNode body) {
    if (body.isNull()) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (!body.isObject()) {
      throw refused(body, "value of type " + type);
    }
    checkMembers(body, "", type);
    return body;
  }

  private void checkMembers(JsonNode object, String path, String owner) {
    for (Map.Entry<String, JsonNode> given : object.properties()) {
      Map.Entry<String, Member> known = member(given.getKey());
      if (known != null) {
        check(given.getValue(), known.getValue(), path + known.getKey(), owner);
      }
    }
  }

  private Map.@Nullable Entry<String, Member> member(String name) {
    for (Map.Entry<String, Member> member : members.entrySet()) {
      if (member.getKey().equalsIgnoreCase(name)) {
        return member;
      }
    }
    return null;
  }

  private static void check(JsonNode value, Member member, String path, String owner) {
    if (value.isNull()) {
      return;
    }
    boolean isRight =
        switch (member.kind()) {
          case TEXT -> value.isTextual();
          case FLAG -> value.isBoolean();
          case OBJECT -> value.isObject();
          case LIST -> value.isArray();
        };
    if (!isRight) {
      String name = owner.substring(owner.lastIndexOf('.') + 1);
      throw refused(value, "struct field " + name + "." + path + " of type " + member.type());
    }
    JsonShape inside = member.inside();
    if (inside != null) {
      inside.checkMembers(value, path + ".", member.isOptional() ? owner : inside.type);
    }
    if (member.element() != null) {
      for (JsonNode element : value) {
        check(element, member.element(), path, owner);
      }
    }
  }

  private static DefraException refused(JsonNode found, String place) {
    return new DefraException(
        ErrorCode.INVALID_JSON,
        "json: cannot unmarshal " + GoJsonFaults.kind(found) + " into Go " + place);
  }
}
