package jp.kazashi.simulator.world;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The keys of a world: who proves what to whom over TLS, and its secrets. Made once, in one piece,
 * under {@code keys/}.
 *
 * @param password opens every PKCS#12 file here
 */
record WorldKeys(
    Path folder,
    String password,
    String challengeSecret,
    String control,
    Map<String, WorldFile.KeyStoreFiles> roles,
    WorldFile.TrustFiles trust) {
  private static final String SECRETS = "secrets.json";

  /** Reads them, or makes them as of the real time of now. */
  static WorldKeys of(Path folder, String institution, Instant realNow) {
    try {
      if (!Files.exists(folder)) {
        make(folder, institution, realNow);
      }
      Secrets secrets = Json.read(Files.readString(folder.resolve(SECRETS)), Secrets.class);
      return read(folder, secrets);
    } catch (IOException | GeneralSecurityException failed) {
      throw new WorldTrouble(
          "The keys in "
              + folder
              + " cannot be used ("
              + failed.getMessage()
              + "): start anew with ./kazashi up --fresh",
          failed);
    }
  }

  Path serverCertificate() {
    return folder.resolve("server.pem");
  }

  Path serverKey() {
    return folder.resolve("server.key");
  }

  /** As each insurer, towards the gateway. */
  Map<Insurer, SSLContext> insurerIdentities() {
    Map<Insurer, SSLContext> identities = new EnumMap<>(Insurer.class);
    for (Insurer insurer : Insurer.values()) {
      identities.put(insurer, identity(folder.resolve(file(insurer) + ".p12")));
    }
    return identities;
  }

  private SSLContext identity(Path keyStore) {
    try {
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(load(keyStore), password.toCharArray());
      TrustManagerFactory authority = TrustManagerFactory.getInstance("PKIX");
      authority.init(load(Path.of(trust.pkcs12())));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), authority.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException failed) {
      throw new WorldTrouble(
          keyStore + " cannot be used: start anew with ./kazashi up --fresh", failed);
    }
  }

  private KeyStore load(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password.toCharArray());
    }
    return store;
  }

  private record Secrets(String password, String challengeSecret, String control) {
    @Override
    public String toString() {
      return "Secrets[…]";
    }
  }

  @Override
  public String toString() {
    return "WorldKeys[" + folder + "]";
  }

  private static WorldKeys read(Path folder, Secrets secrets) {
    Map<String, WorldFile.KeyStoreFiles> roles = new LinkedHashMap<>();
    for (String role : new String[] {"READER", "VIEWER", "RECEIPT", "OPERATOR"}) {
      roles.put(role, files(folder, file(role), secrets));
    }
    roles.put("INSURER", files(folder, file(Insurer.SOCIETY), secrets));
    return new WorldKeys(
        folder,
        secrets.password(),
        secrets.challengeSecret(),
        secrets.control(),
        roles,
        new WorldFile.TrustFiles(
            folder.resolve("ca.pem").toString(),
            folder.resolve("ca.p12").toString(),
            secrets.password()));
  }

  private static WorldFile.KeyStoreFiles files(Path folder, String name, Secrets secrets) {
    return new WorldFile.KeyStoreFiles(
        folder.resolve(name + ".p12").toString(),
        secrets.password(),
        folder.resolve(name + ".pem").toString(),
        folder.resolve(name + ".key").toString());
  }

  private static void make(Path folder, String institution, Instant realNow)
      throws IOException, GeneralSecurityException {
    Path aside = folder.resolveSibling(folder.getFileName() + ".part");
    EmbeddedPrograms.delete(aside);
    EmbeddedPostgres.createPrivate(aside);
    Secrets secrets =
        new Secrets(
            Secret.word(), Base64.getEncoder().encodeToString(Secret.bytes(32)), Secret.word());
    TransportAuthority authority = new TransportAuthority(realNow);
    writeTrust(aside, authority.certificate(), secrets);
    write(aside, "server", authority.server(), authority, secrets);
    write(
        aside,
        file("READER"),
        authority.client("kiosk-1", "READER", institution),
        authority,
        secrets);
    write(
        aside,
        file("VIEWER"),
        authority.client("desk-1", "VIEWER", institution),
        authority,
        secrets);
    write(
        aside,
        file("RECEIPT"),
        authority.client("receipt-1", "RECEIPT", institution),
        authority,
        secrets);
    write(
        aside,
        file("OPERATOR"),
        authority.client("operator-1", "OPERATOR", institution),
        authority,
        secrets);
    for (Insurer insurer : Insurer.values()) {
      write(
          aside,
          file(insurer),
          authority.client("insurer-1", "INSURER", insurer.number()),
          authority,
          secrets);
    }
    PrivateFile.write(aside.resolve(SECRETS), Json.pretty(secrets) + "\n");
    Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void write(
      Path folder,
      String name,
      TransportAuthority.Identity identity,
      TransportAuthority authority,
      Secrets secrets)
      throws IOException, GeneralSecurityException {
    PrivateFile.write(
        folder.resolve(name + ".pem"), pem("CERTIFICATE", identity.certificate().getEncoded()));
    PrivateFile.write(
        folder.resolve(name + ".key"), pem("PRIVATE KEY", identity.key().getEncoded()));
    KeyStore store = empty();
    store.setKeyEntry(
        name,
        identity.key(),
        secrets.password().toCharArray(),
        new Certificate[] {identity.certificate(), authority.certificate()});
    PrivateFile.write(folder.resolve(name + ".p12"), bytes(store, secrets));
  }

  private static void writeTrust(Path folder, X509Certificate authority, Secrets secrets)
      throws IOException, GeneralSecurityException {
    PrivateFile.write(folder.resolve("ca.pem"), pem("CERTIFICATE", authority.getEncoded()));
    KeyStore store = empty();
    store.setCertificateEntry("ca", authority);
    PrivateFile.write(folder.resolve("ca.p12"), bytes(store, secrets));
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, new char[0]);
    return store;
  }

  private static byte[] bytes(KeyStore store, Secrets secrets)
      throws IOException, GeneralSecurityException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, secrets.password().toCharArray());
    return out.toByteArray();
  }

  private static String pem(String label, byte[] der) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(label, body, label);
  }

  private static String file(String role) {
    return role.toLowerCase(java.util.Locale.ROOT);
  }

  private static String file(Insurer insurer) {
    return "insurer-" + insurer.number();
  }
}
