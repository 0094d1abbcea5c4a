package io.defradb.http;

import java.util.Locale;

/** What several operations take or answer; described once, in the document's components. */
public enum SharedSchema {
  /** A field of an index. */
  INDEXED_FIELD(
      """
      {"type":"object","required":["Name","Descending"],"properties":{"Name":{"type":"string"},
       "Descending":{"type":"boolean"}}}"""),
  INDEX(
      """
      {"type":"object","required":["Name","ID","Fields","Unique"],"properties":{
       "Name":{"type":"string"},"ID":{"type":"integer","minimum":0,"maximum":4294967295},
       "Fields":{"type":"array","items":{"$ref":"#/components/schemas/indexed_field"}},
       "Unique":{"type":"boolean"}}}"""),
  INDEX_CREATE_REQUEST(
      """
      {"type":"object","properties":{"Name":{"type":"string"},"Unique":{"type":"boolean"},
       "Fields":{"type":"array","items":{"$ref":"#/components/schemas/indexed_field"}}}}"""),
  COLLECTION_FIELD(
      """
      {"type":"object","required":["Name","Kind","RelationName","DefaultValue","Size"],"properties":{
       "Name":{"type":"string"},"Kind":{},"RelationName":{"type":"string","nullable":true},
       "DefaultValue":{},"Size":{"type":"integer","minimum":0}}}"""),
  COLLECTION(
      """
      {"type":"object","required":["Name","VersionID","CollectionID","Sources","Fields","Indexes",
       "Policy","IsActive","IsMaterialized","IsBranchable","IsEmbeddedOnly","VectorEmbeddings"],
       "properties":{"Name":{"type":"string"},"VersionID":{"type":"string"},
       "CollectionID":{"type":"string"},"Sources":{"type":"array","items":{"type":"object"}},
       "Fields":{"type":"array","items":{"$ref":"#/components/schemas/collection_field"}},
       "Indexes":{"type":"array","items":{"$ref":"#/components/schemas/index"}},
       "Policy":{"type":"object","nullable":true,"properties":{"ID":{"type":"string"},
       "ResourceName":{"type":"string"}}},"IsActive":{"type":"boolean"},
       "IsMaterialized":{"type":"boolean"},"IsBranchable":{"type":"boolean"},
       "IsEmbeddedOnly":{"type":"boolean"},
       "VectorEmbeddings":{"type":"array","items":{"type":"object"}}}}"""),
  SCHEMA(
      """
      {"type":"object","required":["Root","VersionID","Name","Fields"],"properties":{
       "Root":{"type":"string"},"VersionID":{"type":"string"},"Name":{"type":"string"},
       "Fields":{"type":"array","items":{"type":"object","required":["Name","Kind","Typ"],
       "properties":{"Name":{"type":"string"},"Kind":{},
       "Typ":{"type":"integer","minimum":0,"maximum":255}}}}}}"""),
  COLLECTION_DEFINITION(
      """
      {"type":"object","required":["version","schema"],"properties":{
       "version":{"$ref":"#/components/schemas/collection"},
       "schema":{"$ref":"#/components/schemas/schema"}}}"""),
  PATCH_SCHEMA_REQUEST(
      """
      {"type":"object","properties":{"Patch":{"type":"string"},
       "SetAsDefaultVersion":{"type":"boolean"},"Migration":{}}}""");

  private final String text;

  SharedSchema(String text) {
    this.text = text;
  }

  /** Its name in the document. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** JSON Schema text. */
  public String text() {
    return text;
  }

  /** JSON Schema text that stands for one. */
  public String one() {
    return "{\"$ref\":\"#/components/schemas/" + key() + "\"}";
  }

  /** JSON Schema text that stands for a list. */
  public String list() {
    return "{\"type\":\"array\",\"items\":" + one() + "}";
  }
}
