package io.defradb.graphql.schema;

import io.defradb.graphql.syntax.Document;
import io.defradb.graphql.syntax.TypeRef;
import io.defradb.schema.CollectionVersion;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All types that the active collections generate (query language specification, 2). Immutable; safe
 * for use by many threads.
 */
public final class TypeSystem {
  private final Map<String, TypeDef> types = new TreeMap<>();
  private final Map<String, TypeDef.Directive> directives = new LinkedHashMap<>();
  private final Map<String, CollectionVersion> collections = new LinkedHashMap<>();
  private final Map<String, Map<String, Member>> members = new HashMap<>();
  private final TypeDef.ObjectType query;
  private final TypeDef.ObjectType mutation;
  private final TypeDef.ObjectType subscription;

  /** {@code active}: the active versions. */
  public TypeSystem(List<CollectionVersion> active) {
    var byId = new HashMap<String, CollectionVersion>();
    for (CollectionVersion collection : active) {
      collections.put(collection.name(), collection);
      byId.put(collection.collectionId(), collection);
    }
    BaseTypes.types(!active.isEmpty()).forEach(this::add);
    MetaTypes.types().forEach(this::add);
    BaseTypes.directives().forEach(it -> directives.put(it.name(), it));
    if (!active.isEmpty()) {
      OperatorTypes.elementFilters().forEach(this::add);
    }
    var reader = new Members(collections, byId);
    for (CollectionVersion collection : active) {
      Map<String, Member> own = reader.of(collection);
      members.put(collection.name(), own);
      CollectionTypes.of(collection, own.values()).forEach(this::add);
    }
    List<CollectionVersion> asked = active.stream().filter(it -> !it.isEmbeddedOnly()).toList();
    query = RootTypes.query(asked);
    mutation = RootTypes.mutation(asked);
    subscription = RootTypes.subscription(asked);
    List.of(query, mutation, subscription).forEach(this::add);
  }

  private void add(TypeDef type) {
    types.put(type.name(), type);
  }

  /** Sorted by name. */
  public Collection<TypeDef> types() {
    return Collections.unmodifiableCollection(types.values());
  }

  /** Sorted by name. */
  public Collection<TypeDef.Directive> directives() {
    return Collections.unmodifiableCollection(directives.values());
  }

  public @Nullable TypeDef type(String name) {
    return types.get(name);
  }

  /** The type below all lists and bangs. */
  public @Nullable TypeDef base(TypeRef type) {
    return types.get(type.baseName());
  }

  public TypeDef.@Nullable Directive directive(String name) {
    return directives.get(name);
  }

  /** Where operations of that kind start. */
  public TypeDef.ObjectType root(Document.Operation.Kind kind) {
    return switch (kind) {
      case QUERY -> query;
      case MUTATION -> mutation;
      case SUBSCRIPTION -> subscription;
    };
  }

  /** A field of {@code parent}, those of introspection too. */
  public TypeDef.@Nullable Field field(TypeDef.ObjectType parent, String name) {
    TypeDef.Field field = parent.fields().get(name);
    if (field != null || !name.startsWith("__")) {
      return field;
    }
    boolean isQuery = parent.name().equals(RootTypes.QUERY);
    return switch (name) {
      case "__typename" -> MetaTypes.TYPE_NAME;
      case "__schema" -> isQuery ? MetaTypes.SCHEMA : null;
      case "__type" -> isQuery ? MetaTypes.TYPE : null;
      default -> null;
    };
  }

  public Optional<CollectionVersion> collection(String name) {
    return Optional.ofNullable(collections.get(name));
  }

  /** The fields of a collection by name, without {@code _docID}; empty for an unknown one. */
  public Map<String, Member> members(String collection) {
    return members.getOrDefault(collection, Map.of());
  }
}
