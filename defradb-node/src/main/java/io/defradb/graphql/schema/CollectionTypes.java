package io.defradb.graphql.schema;

import static io.defradb.graphql.schema.Shapes.field;
import static io.defradb.graphql.schema.Shapes.input;
import static io.defradb.graphql.schema.Shapes.list;
import static io.defradb.graphql.schema.Shapes.listOfRequired;
import static io.defradb.graphql.schema.Shapes.named;

import io.defradb.document.FieldKind;
import io.defradb.graphql.syntax.TypeRef;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Generates the types of one collection or view (query language specification, 2). */
final class CollectionTypes {
  static final String DOC_ID = "_docID";
  static final List<String> NUMERIC_FUNCTIONS = List.of("_sum", "_avg", "_min", "_max");

  private static final List<String> FUNCTIONS = List.of("_count", "_sum", "_avg", "_min", "_max");
  private static final Map<String, String> FUNCTION_WORDS =
      Map.of(
          "_count", Words.COUNT,
          "_sum", Words.SUM,
          "_avg", Words.AVERAGE,
          "_min", Words.MIN,
          "_max", Words.MAX);

  private final String name;
  private final boolean isView;
  private final Collection<Member> members;
  private final List<TypeDef> types = new ArrayList<>();

  private CollectionTypes(CollectionVersion collection, Collection<Member> members) {
    this.name = collection.name();
    this.isView = isView(collection);
    this.members = members;
  }

  static boolean isView(CollectionVersion collection) {
    return collection.isView();
  }

  static List<TypeDef> of(CollectionVersion collection, Collection<Member> members) {
    var generator = new CollectionTypes(collection, members);
    generator.generate();
    return generator.types;
  }

  static String words(String function) {
    return FUNCTION_WORDS.getOrDefault(function, "");
  }

  private void generate() {
    types.add(object());
    types.add(filter());
    types.add(order());
    types.add(mutationInput());
    enums();
    selectors();
    for (Member member : members) {
      if (member instanceof Member.Scalar scalar && scalar.kind().isArray()) {
        arraySelectors(scalar);
      } else if (member instanceof Member.Many) {
        types.add(bounds(name + "__" + member.name() + "__CountSelector"));
      }
    }
  }

  private TypeDef object() {
    var fields = new ArrayList<TypeDef.Field>();
    if (!isView) {
      fields.add(field(DOC_ID, Words.DOC_ID, named("ID")));
      fields.add(field("_deleted", Words.DELETED, named("Boolean")));
      fields.add(field("_version", Words.VERSION, list("Commit")));
    }
    fields.add(field("_group", Words.GROUP, list(name), documents(name, false)));
    for (String function : FUNCTIONS) {
      TypeRef type = named(function.equals("_count") ? "Int" : "Float");
      fields.add(field(function, words(function), type, aggregateArguments(function)));
    }
    fields.add(field("_similarity", Words.SIMILARITY, named("Float"), similarityArguments()));
    for (Member member : members) {
      fields.add(ownField(member));
    }
    return Shapes.object(name, "", fields.toArray(TypeDef.Field[]::new));
  }

  private static TypeDef.Field ownField(Member member) {
    if (member instanceof Member.One one) {
      String target = one.target().name();
      return field(
          member.name(),
          "",
          named(target),
          input("filter", Words.FILTER, named(target + "FilterArg")));
    }
    if (member instanceof Member.Many many) {
      String target = many.target().name();
      return field(member.name(), "", list(target), documents(target, false));
    }
    return field(member.name(), "", typeOf(((Member.Scalar) member).kind()));
  }

  /** The arguments of a list of documents; at the top there are two more. */
  static TypeDef.Input[] documents(String type, boolean isTop) {
    var inputs = new ArrayList<TypeDef.Input>();
    inputs.add(input("docID", Words.DOC_IDS, listOfRequired("String")));
    inputs.add(input("filter", Words.FILTER, named(type + "FilterArg")));
    inputs.add(input("order", Words.ORDER, list(type + "OrderArg")));
    inputs.add(input("groupBy", Words.GROUP_BY, listOfRequired(type + "Field")));
    inputs.add(input("limit", Words.LIMIT, named("Int")));
    inputs.add(input("offset", Words.OFFSET, named("Int")));
    if (isTop) {
      inputs.add(input("cid", Words.CID, named("String")));
      inputs.add(input("showDeleted", Words.SHOW_DELETED, named("Boolean")));
    }
    return inputs.toArray(TypeDef.Input[]::new);
  }

  private TypeDef.Input[] aggregateArguments(String function) {
    boolean isCount = function.equals("_count");
    String suffix = isCount ? "__CountSelector" : "__NumericSelector";
    var inputs = new ArrayList<TypeDef.Input>();
    inputs.add(input("_group", "", named(name + suffix)));
    if (isCount && !isView) {
      inputs.add(input("_version", "", named(name + "___version__CountSelector")));
    }
    for (Member member : members) {
      if (member instanceof Member.Many many) {
        inputs.add(input(member.name(), "", named(many.target().name() + suffix)));
      } else if (member instanceof Member.Scalar scalar
          && scalar.kind().isArray()
          && (isCount || Members.isNumeric(scalar.kind()))) {
        inputs.add(input(member.name(), "", named(name + "__" + member.name() + suffix)));
      }
    }
    return inputs.toArray(TypeDef.Input[]::new);
  }

  private TypeDef.Input[] similarityArguments() {
    var inputs = new ArrayList<TypeDef.Input>();
    for (Member member : members) {
      if (member instanceof Member.Scalar scalar
          && scalar.kind().isArray()
          && Members.isNumeric(scalar.kind())) {
        inputs.add(
            input(member.name(), "", named(name + "__" + member.name() + "__SimilaritySelector")));
      }
    }
    return inputs.toArray(TypeDef.Input[]::new);
  }

  private TypeDef filter() {
    String type = name + "FilterArg";
    var inputs = new ArrayList<TypeDef.Input>();
    inputs.add(input("_alias", Words.ALIAS, named("JSON")));
    inputs.add(input("_and", Words.AND, listOfRequired(type)));
    inputs.add(input("_or", Words.OR, listOfRequired(type)));
    inputs.add(input("_not", Words.NOT, named(type)));
    if (!isView) {
      inputs.add(input(DOC_ID, "", named("IDOperatorBlock")));
    }
    for (Member member : members) {
      CollectionVersion related = member.related();
      TypeRef condition =
          related != null
              ? named(related.name() + "FilterArg")
              : named(operatorBlock(((Member.Scalar) member).kind()));
      inputs.add(input(member.name(), "", condition));
    }
    return Shapes.inputObject(type, "", inputs.toArray(TypeDef.Input[]::new));
  }

  private static String operatorBlock(FieldKind kind) {
    FieldKind element = kind.element();
    if (element != null) {
      String prefix = kind.hasNillableElements() ? "" : OperatorTypes.NOT_NULL;
      return prefix + element.sdl() + "ListOperatorBlock";
    }
    return kind == FieldKind.JSON ? "JSON" : kind.sdl() + "OperatorBlock";
  }

  private TypeDef order() {
    var inputs = new ArrayList<TypeDef.Input>();
    inputs.add(input("_alias", Words.ALIAS, named("JSON")));
    if (!isView) {
      inputs.add(input(DOC_ID, "", named("Ordering")));
    }
    for (Member member : members) {
      if (member instanceof Member.One one) {
        inputs.add(input(member.name(), "", named(one.target().name() + "OrderArg")));
      } else if (member instanceof Member.Scalar) {
        inputs.add(input(member.name(), "", named("Ordering")));
      }
    }
    return Shapes.inputObject(name + "OrderArg", "", inputs.toArray(TypeDef.Input[]::new));
  }

  private TypeDef mutationInput() {
    var inputs = new ArrayList<TypeDef.Input>();
    for (Member member : members) {
      if (member instanceof Member.One one && one.isPrimary()) {
        inputs.add(input(member.name(), "", named("ID")));
      } else if (member instanceof Member.Scalar scalar && scalar.isWritable()) {
        inputs.add(input(member.name(), "", typeOf(scalar.kind())));
      }
    }
    return Shapes.inputObject(name + "MutationInputArg", "", inputs.toArray(TypeDef.Input[]::new));
  }

  private void enums() {
    var own = new TreeMap<String, String>();
    var numeric = new TreeMap<String, String>();
    for (Member member : members) {
      own.put(member.name(), "");
      if (member instanceof Member.Scalar scalar && Members.isNumeric(scalar.kind())) {
        numeric.put(member.name(), "");
      }
    }
    FUNCTIONS.forEach(it -> numeric.put(it, ""));
    types.add(new TypeDef.EnumType(name + "NumericFieldsArg", "", numeric));
    types.add(new TypeDef.EnumType(name + "ExplicitField", "", own));
    var all = new TreeMap<>(own);
    all.put("_group", "");
    if (!isView) {
      all.put(DOC_ID, "");
      all.put("_deleted", "");
      all.put("_version", "");
    }
    types.add(new TypeDef.EnumType(name + "Field", "", all));
  }

  private void selectors() {
    TypeDef.Input filter = input("filter", Words.AGGREGATE_FILTER, named(name + "FilterArg"));
    types.add(Shapes.inputObject(name + "__CountSelector", "", filter, limit(), offset()));
    types.add(
        Shapes.inputObject(
            name + "__NumericSelector",
            "",
            input("field", "", named(name + "NumericFieldsArg").required()),
            filter,
            limit(),
            offset(),
            input("order", Words.ORDER, list(name + "OrderArg"))));
    types.add(bounds(name + "___group__CountSelector"));
    if (!isView) {
      types.add(bounds(name + "___version__CountSelector"));
    }
  }

  private void arraySelectors(Member.Scalar array) {
    String prefix = name + "__" + array.name();
    FieldKind element = array.kind().element();
    String elementType = element == null ? "" : element.sdl();
    String notNull = array.kind().hasNillableElements() ? "" : OperatorTypes.NOT_NULL;
    TypeDef.Input filter =
        input("filter", Words.AGGREGATE_FILTER, named(notNull + elementType + "FilterArg"));
    types.add(Shapes.inputObject(prefix + "__CountSelector", "", filter, limit(), offset()));
    if (Members.isNumeric(array.kind())) {
      types.add(
          Shapes.inputObject(
              prefix + "__NumericSelector",
              "",
              filter,
              limit(),
              offset(),
              input("order", Words.ORDER, named("Ordering"))));
      types.add(
          Shapes.inputObject(
              prefix + "__SimilaritySelector",
              "",
              input("vector", Words.VECTOR, typeOf(array.kind()).required())));
    }
  }

  private static TypeDef bounds(String typeName) {
    return Shapes.inputObject(typeName, "", limit(), offset());
  }

  private static TypeDef.Input limit() {
    return input("limit", Words.LIMIT, named("Int"));
  }

  private static TypeDef.Input offset() {
    return input("offset", Words.OFFSET, named("Int"));
  }

  private static TypeRef typeOf(FieldKind kind) {
    FieldKind element = kind.element();
    if (element == null) {
      return named(kind.sdl());
    }
    return kind.hasNillableElements() ? list(element.sdl()) : listOfRequired(element.sdl());
  }
}
