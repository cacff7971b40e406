package jp.kazashi.simulator.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kazashi.simulator.pki.Issuer.Use;

/**
 * The simulated JPKI of a world: its authorities, what they issued, to whom, and what became of it,
 * kept under one folder. Safe for use by many threads.
 */
public final class SimulatedJpki {
  private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);
  private static final String REGISTER = "serials.log";

  private final Path folder;
  private final Instant madeAt;
  private final JpkiAddresses addresses;
  private final SecureRandom random;
  private final SerialRegister register;
  private final Map<Issuer, CertificateAuthority> authorities = new ConcurrentHashMap<>();

  private SimulatedJpki(
      Path folder,
      Instant madeAt,
      JpkiAddresses addresses,
      SecureRandom random,
      SerialRegister register) {
    this.folder = folder;
    this.madeAt = madeAt;
    this.addresses = addresses;
    this.random = random;
    this.register = register;
  }

  /**
   * Opens the JPKI of a folder, or makes one there as of an instant of the world.
   *
   * @param ocsp what certificates issued from now on name as their responder
   */
  public static SimulatedJpki open(Path folder, Instant worldNow, URI ocsp, SecureRandom random)
      throws IOException {
    PrivateFile.createFolder(folder);
    SimulatedJpki jpki =
        new SimulatedJpki(
            folder,
            madeAt(folder, worldNow),
            new JpkiAddresses(ocsp),
            random,
            SerialRegister.open(folder.resolve(REGISTER)));
    try {
      jpki.writeAnchors(Use.AUTHENTICATION);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return jpki;
  }

  /** Issues what is ordered, and lists its holder where one is named. */
  public IssuedCertificate issue(CertificateOrder order) {
    order.check();
    CertificateOrder whole = truncated(order);
    CertificateAuthority authority = authority(order.issuer());
    Instant ends = lastSecond(order.lastDay());
    CertificateNumber number = freshNumber(order.issuer(), ends);
    CertificateDraft draft = authority.draft(whole, number.serial(), opaqueName(), ends, addresses);
    order
        .personCode()
        .ifPresent(code -> register.enrol(number, new Holding(code, order.predecessors())));
    return new IssuedCertificate(order.issuer(), PemFile.justSigned(authority.sign(draft)));
  }

  /** Issues a card's authentication certificate of today's generation. */
  public IssuedCertificate issue(PublicKey holder, Instant from, LocalDate lastDay) {
    return issue(Generation.THIRD, holder, from, lastDay);
  }

  /** Issues a card's authentication certificate to nobody in particular. */
  public IssuedCertificate issue(
      Generation generation, PublicKey holder, Instant from, LocalDate lastDay) {
    return issue(
        CertificateOrder.of(Issuer.of(Use.AUTHENTICATION, generation), holder, from, lastDay));
  }

  /**
   * Issues the successor of a certificate to the same person, listed as such. One that is renewed
   * before its end is revoked as superseded from the moment the new one begins.
   */
  public IssuedCertificate renew(IssuedCertificate old, CertificateOrder order) {
    CertificateOrder successor = order.after(old);
    Optional<String> person = holding(old.number()).map(Holding::personCode);
    IssuedCertificate renewed =
        issue(
            successor.personCode().isPresent()
                ? successor
                : successor.forPerson(
                    person.orElseThrow(() ->
                        new IllegalArgumentException("Only a listed person's can be renewed"))));
    if (!order.from().isAfter(old.ends())) {
      revoke(old, Revocation.Reason.SUPERSEDED, order.from());
    }
    return renewed;
  }

  /** Lists who holds a certificate, in the place of what was listed. */
  public void enrol(IssuedCertificate certificate, Holding holding) {
    register.enrol(certificate.number(), holding);
  }

  public void revoke(IssuedCertificate certificate, Revocation.Reason reason, Instant since) {
    register.revoke(certificate.number(), new Revocation(reason, since));
  }

  /** Suspends it, until it is released: a card reported lost. */
  public void hold(IssuedCertificate certificate, Instant since) {
    revoke(certificate, Revocation.Reason.CERTIFICATE_HOLD, since);
  }

  /**
   * Ends its suspension: the card was found.
   *
   * @throws IllegalArgumentException when it is not suspended then
   */
  public void release(IssuedCertificate certificate, Instant since) {
    boolean held =
        status(certificate.number(), since) instanceof SerialStatus.Revoked(var revocation)
            && revocation.reason() == Revocation.Reason.CERTIFICATE_HOLD;
    if (!held) {
      throw new IllegalArgumentException("Only what is suspended can be released");
    }
    register.release(certificate.number(), since);
  }

  /**
   * What is known of it by then: what is revoked later is good now, and the clock goes back too.
   */
  public SerialStatus status(CertificateNumber number, Instant at) {
    return register.status(number, at);
  }

  /** What has been told last of a card's authentication certificate, whenever it comes to pass. */
  public SerialStatus status(Generation generation, BigInteger serial) {
    return status(
        new CertificateNumber(Issuer.of(Use.AUTHENTICATION, generation), serial), Instant.MAX);
  }

  /** Empty where nobody is listed. */
  public Optional<Holding> holding(CertificateNumber number) {
    return register.holding(number);
  }

  /** The last valid second of what was issued, where that is known. */
  public Optional<Instant> ends(CertificateNumber number) {
    return register.ends(number);
  }

  /** All that an issuer had revoked by then, whether expired or not. */
  public SortedMap<BigInteger, Revocation> revoked(Issuer issuer, Instant at) {
    return register.revoked(issuer, at);
  }

  /** How many changes of a certificate's status there have been. */
  public long changes() {
    return register.changes();
  }

  /** A certificate read back from where its card is kept. */
  public Optional<IssuedCertificate> recognise(byte[] der) {
    try {
      X509Certificate certificate = PemFile.certificate(der);
      return Stream.of(Issuer.values())
          .filter(this::isMade)
          .filter(issuer -> isIssuedBy(authority(issuer), certificate))
          .map(issuer -> new IssuedCertificate(issuer, certificate))
          .findFirst();
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** Made when it is first needed. */
  public CertificateAuthority authority(Issuer issuer) {
    return authorities.computeIfAbsent(issuer, this::open);
  }

  /** Makes the delegates that are still missing, before somebody waits for an answer. */
  public void appointResponders() {
    Stream.of(Issuer.values())
        .filter(this::publishes)
        .forEach(issuer -> authority(issuer).responder());
  }

  /** That of a card's authentication certificates. */
  public CertificateAuthority authority(Generation generation) {
    return authority(Issuer.of(Use.AUTHENTICATION, generation));
  }

  /** Whether it is of the JPKI and there already: one that is not has issued nothing. */
  public boolean publishes(Issuer issuer) {
    return !issuer.isStranger() && isMade(issuer);
  }

  private boolean isMade(Issuer issuer) {
    return authorities.containsKey(issuer)
        || Files.exists(folder.resolve(issuer.fileName() + ".pem"));
  }

  /** The newest that issued at an instant; the oldest for one before them all. */
  public Issuer issuing(Use use, Issuer.Carrier carrier, Instant at) {
    List<Issuer> all =
        Issuer.trusted(use).stream().filter(issuer -> issuer.carrier() == carrier).toList();
    return all.reversed().stream()
        .filter(issuer -> !authority(issuer).certificate().getNotBefore().toInstant().isAfter(at))
        .findFirst()
        .orElse(all.getFirst());
  }

  public JpkiAddresses addresses() {
    return addresses;
  }

  /** The anchors for user authentication, all generations and phones in one bundle. */
  public String anchorsPem() {
    return anchorsPem(Use.AUTHENTICATION);
  }

  public String anchorsPem(Use use) {
    return Issuer.trusted(use).parallelStream()
        .map(issuer -> PemFile.text(authority(issuer).certificate()))
        .collect(Collectors.joining());
  }

  /** Where the bundle for user authentication is. */
  public Path anchors() {
    return anchorsFile(Use.AUTHENTICATION);
  }

  /** Where the bundle for a use is, which is separate from the other's. */
  public Path anchors(Use use) throws IOException {
    writeAnchors(use);
    return anchorsFile(use);
  }

  private void writeAnchors(Use use) throws IOException {
    String bundle = anchorsPem(use);
    Path file = anchorsFile(use);
    if (!Files.exists(file) || !Files.readString(file).equals(bundle)) {
      PrivateFile.write(file, bundle);
    }
  }

  private Path anchorsFile(Use use) {
    return folder.resolve(
        switch (use) {
          case AUTHENTICATION -> "authentication-anchors.pem";
          case SIGNATURE -> "signature-anchors.pem";
        });
  }

  private CertificateAuthority open(Issuer issuer) {
    try {
      return CertificateAuthority.open(
          folder,
          issuer,
          lastSecond(day(madeAt, issuer.generation().from())),
          lastSecond(day(madeAt, issuer.generation().to())),
          random);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Instant madeAt(Path folder, Instant worldNow) throws IOException {
    Path file = folder.resolve("made-at");
    Path first = folder.resolve(Issuer.AUTHENTICATION_3.fileName() + ".pem");
    if (!Files.exists(file)) {
      PrivateFile.write(file, (Files.exists(first) ? madeAt(first) : worldNow) + "\n");
    }
    return Instant.parse(Files.readString(file).strip());
  }

  // A world made before this was written down.
  private static Instant madeAt(Path newest) throws IOException {
    try {
      return lastSecond(
          day(
              PemFile.certificate(newest).getNotBefore().toInstant(),
              Generation.THIRD.from().negated()));
    } catch (GeneralSecurityException e) {
      throw new IOException(newest + " cannot be read", e);
    }
  }

  private static LocalDate day(Instant now, Period away) {
    return now.atZone(CertificateAuthority.TOKYO).toLocalDate().plus(away);
  }

  private static Instant lastSecond(LocalDate day) {
    return day.atTime(LAST_SECOND).atZone(CertificateAuthority.TOKYO).toInstant();
  }

  private static CertificateOrder truncated(CertificateOrder order) {
    return new CertificateOrder(
        order.issuer(),
        order.holder(),
        order.from().truncatedTo(ChronoUnit.SECONDS),
        order.lastDay(),
        order.personCode(),
        order.predecessors(),
        order.attributes());
  }

  private CertificateNumber freshNumber(Issuer issuer, Instant ends) {
    while (true) {
      CertificateNumber number =
          new CertificateNumber(issuer, new BigInteger(CertificateAuthority.SERIAL_BITS, random));
      if (number.serial().signum() != 0 && register.issue(number, ends)) {
        return number;
      }
    }
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
