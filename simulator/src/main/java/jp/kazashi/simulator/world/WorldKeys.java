package jp.kazashi.simulator.world;

import java.nio.file.Path;
import java.util.Map;

/** The keys of a world: who proves what to whom over TLS. Made once, under {@code keys/}. */
record WorldKeys(
    Path serverCertificate,
    Path serverKey,
    WorldFile.TrustFiles trust,
    Map<String, WorldFile.KeyStoreFiles> roles,
    String challengeSecret,
    String control) {
  static WorldKeys of(Path folder, String institution) {
    if (institution.isEmpty()) {
      return new WorldKeys(folder, folder, new WorldFile.TrustFiles("", "", ""), Map.of(), "", "");
    }
    throw new WorldTrouble("not yet " + folder);
  }

  Map<Insurer, javax.net.ssl.SSLContext> insurerIdentities() {
    return Map.of();
  }
}
