package jp.kazashi.simulator.pki;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The simulated JPKI of a world: its authorities, what they issued and what became of it, kept
 * under one folder. Safe for use by many threads.
 */
public final class SimulatedJpki {
  private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);
  private static final String REGISTER = "serials.log";
  private static final String ANCHORS = "authentication-anchors.pem";
  // As the real serial numbers: INTEGER of up to four octets.
  private static final int SERIAL_BITS = 31;

  private final Path folder;
  private final URI ocsp;
  private final SecureRandom random;
  private final Map<Generation, CertificateAuthority> authorities;
  private final SerialRegister register;

  private SimulatedJpki(
      Path folder,
      URI ocsp,
      SecureRandom random,
      Map<Generation, CertificateAuthority> authorities,
      SerialRegister register) {
    this.folder = folder;
    this.ocsp = ocsp;
    this.random = random;
    this.authorities = authorities;
    this.register = register;
  }

  /**
   * Opens the JPKI of a folder, or makes one there as of an instant of the world.
   *
   * @param ocsp what certificates issued from now on name as their responder
   */
  public static SimulatedJpki open(Path folder, Instant worldNow, URI ocsp, SecureRandom random)
      throws IOException {
    if (!Files.exists(folder.resolve(ANCHORS))) {
      make(folder, worldNow, random);
    }
    Map<Generation, CertificateAuthority> authorities = new EnumMap<>(Generation.class);
    for (Generation generation : Generation.values()) {
      authorities.put(generation, CertificateAuthority.read(folder, generation.fileName()));
    }
    return new SimulatedJpki(
        folder, ocsp, random, authorities, SerialRegister.open(folder.resolve(REGISTER)));
  }

  /** Issues a certificate of today's generation. */
  public IssuedCertificate issue(PublicKey holder, Instant from, LocalDate lastDay) {
    return issue(Generation.THIRD, holder, from, lastDay);
  }

  /** Issues a certificate that ends at 23:59:59 of its last day in Japan. */
  public IssuedCertificate issue(
      Generation generation, PublicKey holder, Instant from, LocalDate lastDay) {
    CertificateAuthority authority = authority(generation);
    CertificateDraft draft =
        authority.authenticationDraft(
            freshSerial(generation),
            opaqueName(),
            holder,
            from.truncatedTo(ChronoUnit.SECONDS),
            lastDay.atTime(LAST_SECOND).atZone(CertificateAuthority.TOKYO).toInstant(),
            ocsp);
    try {
      return new IssuedCertificate(generation, PemFile.certificate(authority.sign(draft)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A certificate just signed can be read", e);
    }
  }

  public void revoke(IssuedCertificate certificate, Revocation.Reason reason, Instant since) {
    register.revoke(certificate.generation(), certificate.serial(), new Revocation(reason, since));
  }

  public SerialStatus status(Generation generation, BigInteger serial) {
    Optional<Optional<Revocation>> found = register.find(generation, serial);
    return found.isEmpty()
        ? new SerialStatus.NeverIssued()
        : found
            .get()
            .<SerialStatus>map(SerialStatus.Revoked::new)
            .orElseGet(SerialStatus.Good::new);
  }

  /** A certificate read back from where its card is kept. */
  public Optional<IssuedCertificate> recognise(byte[] der) {
    try {
      X509Certificate certificate = PemFile.certificate(der);
      return Stream.of(Generation.values())
          .filter(generation -> isIssuedBy(authority(generation), certificate))
          .map(generation -> new IssuedCertificate(generation, certificate))
          .findFirst();
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  public CertificateAuthority authority(Generation generation) {
    CertificateAuthority authority = authorities.get(generation);
    if (authority == null) {
      throw new IllegalStateException("Every generation has its authority");
    }
    return authority;
  }

  /** The anchors for user authentication, all generations in one bundle. */
  public String anchorsPem() {
    return Stream.of(Generation.values())
        .map(generation -> PemFile.text(authority(generation).certificate()))
        .collect(Collectors.joining());
  }

  /** Where the bundle is. */
  public Path anchors() {
    return folder.resolve(ANCHORS);
  }

  // The bundle is written last: a folder with anchors is complete.
  private static void make(Path folder, Instant worldNow, SecureRandom random) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    Generation[] generations = Generation.values();
    List<KeyPair> keys = KeyPairs.rsa2048(2 * generations.length, random);
    StringBuilder anchors = new StringBuilder();
    for (int i = 0; i < generations.length; i++) {
      CertificateAuthority authority =
          CertificateAuthority.make(
              lastSecond(worldNow, generations[i].from()),
              lastSecond(worldNow, generations[i].to()),
              keys.get(2 * i),
              keys.get(2 * i + 1),
              new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1));
      authority.write(folder, generations[i].fileName());
      anchors.append(PemFile.text(authority.certificate()));
    }
    Files.deleteIfExists(folder.resolve(REGISTER));
    PemFile.write(folder.resolve(ANCHORS), anchors.toString().getBytes(US_ASCII));
  }

  private static Instant lastSecond(Instant now, Period away) {
    return now.atZone(CertificateAuthority.TOKYO).plus(away).with(LAST_SECOND).toInstant();
  }

  private BigInteger freshSerial(Generation generation) {
    BigInteger serial = new BigInteger(SERIAL_BITS, random);
    while (serial.signum() == 0 || !register.issue(generation, serial)) {
      serial = new BigInteger(SERIAL_BITS, random);
    }
    return serial;
  }

  // Real ones seem to hold a municipality's code and a date; nobody may read anything into it.
  private String opaqueName() {
    String characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    StringBuilder name = new StringBuilder();
    random.ints(22, 0, characters.length()).mapToObj(characters::charAt).forEach(name::append);
    return name.append('A').toString();
  }

  private static boolean isIssuedBy(CertificateAuthority authority, X509Certificate certificate) {
    try {
      certificate.verify(authority.certificate().getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
