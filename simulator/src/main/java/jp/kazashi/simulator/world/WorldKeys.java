package jp.kazashi.simulator.world;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import jp.kazashi.simulator.pki.PrivateFile;
import jp.kazashi.simulator.pki.TransportCa;

/**
 * The keys of a world: who proves what to whom over TLS, and its secrets. Made once, under {@code
 * keys/}.
 *
 * @param challengeSecret base64 of 32 bytes
 * @param control the token of the simulated world
 * @param staff the demo accounts
 * @param roles one key store a role; INSURER is the first insurer's
 * @param second for a terminal beside the first
 */
record WorldKeys(
    Path serverCertificate,
    Path serverKey,
    String challengeSecret,
    String control,
    List<WorldFile.StaffLogin> staff,
    Map<String, WorldFile.KeyStoreFiles> roles,
    Terminal second,
    Map<Insurer, WorldFile.KeyStoreFiles> insurers,
    WorldFile.TrustFiles trust,
    Path clientRevocations) {

  /** What proves who is at a terminal. */
  record Terminal(WorldFile.KeyStoreFiles reader, WorldFile.KeyStoreFiles viewer) {}

  WorldKeys {
    staff = List.copyOf(staff);
    roles = Map.copyOf(roles);
    insurers = Map.copyOf(insurers);
  }

  /** Reads them; makes what is missing and renews what nears its end in real time. */
  static WorldKeys of(Path folder, String institution, Instant realNow) {
    try {
      TransportCa authority = TransportCa.open(folder, realNow, new SecureRandom());
      TransportCa.KeyFiles server = authority.server("gateway", realNow);
      TransportCa.TrustFiles trust = authority.trust();
      Map<Insurer, WorldFile.KeyStoreFiles> insurers = new EnumMap<>(Insurer.class);
      for (Insurer insurer : Insurer.values()) {
        String number = insurer.number();
        insurers.put(
            insurer,
            client(authority, realNow, "insurer-" + number, "system-1", "INSURER", number));
      }
      return new WorldKeys(
          server.certificate(),
          server.key(),
          secret(folder, "challenge.secret", Base64.getEncoder().encodeToString(Secret.bytes(32))),
          secret(folder, "control.token", Secret.word()),
          List.of(
              staff(folder, "uketsuke", "受付　さくら", "CLERK"),
              staff(folder, "isha", "医師　一郎", "MEDICAL_VIEWER"),
              staff(folder, "kanri", "管理　みどり", "ADMINISTRATOR")),
          Map.of(
              "READER", client(authority, realNow, "reader", "kiosk-1", "READER", institution),
              "VIEWER", client(authority, realNow, "viewer", "desk-1", "VIEWER", institution),
              "RECEIPT", client(authority, realNow, "receipt", "receipt-1", "RECEIPT", institution),
              "OPERATOR",
                  client(authority, realNow, "operator", "operator-1", "OPERATOR", institution),
              "INSURER", insurers.values().iterator().next()),
          new Terminal(
              client(authority, realNow, "reader-2", "kiosk-2", "READER", institution),
              client(authority, realNow, "viewer-2", "desk-2", "VIEWER", institution)),
          insurers,
          new WorldFile.TrustFiles(
              trust.certificate().toString(), trust.pkcs12().toString(), trust.password()),
          authority.revocations(realNow));
    } catch (IOException failed) {
      throw new WorldTrouble(
          "The keys in %s cannot be used (%s): start anew with ./kazashi up --fresh"
              .formatted(folder, failed.getMessage()),
          failed);
    }
  }

  @Override
  public String toString() {
    return "WorldKeys[…]";
  }

  /** As whoever pays: keys of an insurer who is none of the deck's are made when first needed. */
  SSLContext payerIdentity(String number, Instant realNow) {
    Optional<Insurer> ofTheDeck =
        insurers.keySet().stream().filter(each -> each.number().equals(number)).findFirst();
    if (ofTheDeck.isPresent()) {
      return identity(Optional.ofNullable(insurers.get(ofTheDeck.get())).orElseThrow());
    }
    Path folder = Optional.ofNullable(serverCertificate.getParent()).orElseThrow();
    try {
      TransportCa authority = TransportCa.open(folder, realNow, new SecureRandom());
      return identity(
          client(authority, realNow, "insurer-" + number, "system-1", "INSURER", number));
    } catch (IOException failed) {
      throw new WorldTrouble(
          "The keys of insurer %s cannot be made: %s".formatted(number, failed.getMessage()),
          failed);
    }
  }

  private SSLContext identity(WorldFile.KeyStoreFiles files) {
    try {
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(load(files.pkcs12(), files.password()), files.password().toCharArray());
      TrustManagerFactory authority = TrustManagerFactory.getInstance("PKIX");
      authority.init(load(trust.pkcs12(), trust.password()));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), authority.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException failed) {
      throw new WorldTrouble(
          files.pkcs12() + " cannot be used: start anew with ./kazashi up --fresh", failed);
    }
  }

  private static KeyStore load(String file, String password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      store.load(in, password.toCharArray());
    }
    return store;
  }

  private static WorldFile.KeyStoreFiles client(
      TransportCa authority,
      Instant realNow,
      String file,
      String id,
      String role,
      String organisation)
      throws IOException {
    TransportCa.KeyFiles made = authority.client(file, id, role, organisation, realNow);
    return new WorldFile.KeyStoreFiles(
        made.pkcs12().toString(),
        made.password(),
        made.certificate().toString(),
        made.key().toString());
  }

  private static WorldFile.StaffLogin staff(Path folder, String login, String name, String role)
      throws IOException {
    return new WorldFile.StaffLogin(
        login, name, role, secret(folder, "staff-" + login + ".secret", Secret.word()));
  }

  /** As the operator, towards the gateway. */
  SSLContext operatorIdentity() {
    WorldFile.KeyStoreFiles operator = roles.get("OPERATOR");
    if (operator == null) {
      throw new IllegalStateException("a world has an operator");
    }
    return identity(operator);
  }

  private static String secret(Path folder, String name, String fresh) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      PrivateFile.write(file, fresh + "\n");
    }
    return Files.readString(file).strip();
  }
}
