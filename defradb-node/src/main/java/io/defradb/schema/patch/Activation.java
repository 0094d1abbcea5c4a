package io.defradb.schema.patch;

import io.defradb.schema.CollectionVersion;
import java.util.List;

/** Makes a version the active one of its collection. Pure. */
public final class Activation {
  private Activation() {}

  /**
   * The change that makes a version the active one.
   *
   * @param all every version, active or not
   * @return the versions to store: none when it is active already
   * @throws io.defradb.error.DefraException INVALID_ARGUMENT for no ID, KEY_NOT_FOUND for an
   *     unknown one
   */
  public static List<CollectionVersion> activate(List<CollectionVersion> all, String versionId) {
    var versions = new VersionSet(all);
    versions.activate(versionId);
    return versions.changes();
  }
}
