package jp.kazashi.simulator.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import jp.kazashi.simulator.card.CardFace;
import jp.kazashi.simulator.card.CardFile;
import jp.kazashi.simulator.card.Pem;
import jp.kazashi.simulator.card.PinCounters;
import jp.kazashi.simulator.card.PinReference;
import jp.kazashi.simulator.card.Portraits;
import jp.kazashi.simulator.pki.CertificateNumber;
import jp.kazashi.simulator.pki.CertificateOrder;
import jp.kazashi.simulator.pki.Generation;
import jp.kazashi.simulator.pki.HolderAttributes;
import jp.kazashi.simulator.pki.IssuedCertificate;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.Issuer.Use;
import jp.kazashi.simulator.pki.KeyPairs;
import jp.kazashi.simulator.pki.PemFile;
import jp.kazashi.simulator.pki.PrivateFile;
import jp.kazashi.simulator.pki.SerialStatus;
import jp.kazashi.simulator.pki.SimulatedJpki;
import jp.kazashi.simulator.world.DeckStory.Twist;
import org.jspecify.annotations.Nullable;

/**
 * The cards of a world, one file each under {@code cards/}. They are minted relative to the world's
 * clock and never change by moving it; a start that finds a story no longer true mints that card
 * anew.
 */
final class Deck implements JpkiCounter.Cards {
  private static final Period OLDER_GENERATION_FROM = Period.ofYears(3);
  private static final Duration UNTIL_REGISTERED = Duration.ofDays(30);
  private static final Duration LOST_SINCE = Duration.ofDays(10);
  private static final Period RENEWED_BEFORE_END = Period.ofDays(30);
  private static final Period RENEWED_AFTER_END = Period.ofMonths(5);
  private static final Period PHONE_AFTER_CARD = Period.ofDays(60);
  private static final Period CARD_OUTLIVES_CERTIFICATE = Period.ofYears(5);

  private static final String AUTHENTICATION = "";
  private static final String SIGNATURE = "-signature";
  private static final String SIGNATURE_PASSWORD = "ABC123";

  private static final String CARD_AUTHORITY = "municipality-authority.key.pem";

  /** Of no municipality. */
  private static final String MUNICIPALITY = "13999";

  private final SimulatedJpki jpki;
  private final Path folder;
  private final Path terminals;
  private final SecureRandom random;
  private final LocalDate madeOn;
  private final List<DeckCard> cards = new CopyOnWriteArrayList<>();
  private final List<String> minted = new ArrayList<>();

  private Deck(
      SimulatedJpki jpki, Path folder, Path terminals, SecureRandom random, LocalDate madeOn) {
    this.jpki = jpki;
    this.folder = folder;
    this.terminals = terminals;
    this.random = random;
    this.madeOn = madeOn;
  }

  /**
   * Reads the deck, mints what is missing and, when asked to renew, what is no longer true.
   *
   * @param terminals the authority of this world's terminals: the cards sign for them without PIN
   * @param renew at an {@code up}; not when the simulator alone was started again
   */
  static Deck open(
      SimulatedJpki jpki,
      Path folder,
      Path terminals,
      Instant now,
      boolean renew,
      SecureRandom random)
      throws IOException {
    PrivateFile.createFolder(folder);
    Deck deck = new Deck(jpki, folder, terminals, random, madeOn(folder, now));
    Map<DeckStory, DeckCard> kept = deck.kept();
    Map<DeckStory, DeckCard> good = new EnumMap<>(DeckStory.class);
    for (DeckCard card : kept.values()) {
      if (!renew || deck.isTrue(card, now)) {
        good.put(card.story(), card);
      }
    }
    Iterator<KeyPair> keys = deck.keysFor(good.keySet());
    for (DeckStory story : DeckStory.values()) {
      DeckCard card = good.get(story);
      deck.cards.add(card == null ? deck.mint(story, now, keys) : card);
      if (card == null && kept.containsKey(story)) {
        deck.minted.add(
            "%s: its story (%s) was no longer true; card and link were made anew."
                .formatted(story.card(), story.story()));
      }
    }
    PemFile.write(
        folder.resolve(WorldHome.CARD_ISSUERS),
        Pem.keyPair(folder.resolve(deck.sharedKey(CARD_AUTHORITY))).getPublic());
    return deck;
  }

  /** Whether this JPKI can still issue every story at this time. */
  static boolean canBeMinted(SimulatedJpki jpki, Instant now) {
    Instant longest = now.atZone(ClockChange.TOKYO).plus(JpkiCounter.LIFE).toInstant();
    X509Certificate issuing = jpki.authority(Generation.THIRD).certificate();
    X509Certificate older = jpki.authority(Generation.SECOND).certificate();
    return issuing.getNotBefore().toInstant().isBefore(now)
        && issuing.getNotAfter().toInstant().isAfter(longest)
        && older.getNotBefore().toInstant().isBefore(now)
        && older
            .getNotAfter()
            .toInstant()
            .isAfter(now.atZone(ClockChange.TOKYO).plusYears(1).plusDays(1).toInstant());
  }

  /**
   * Lets cards carry the portraits of that folder, each named after its card; for as long as this
   * simulator runs, and nothing of it is written.
   */
  void carry(Path portraits) {
    cards.replaceAll(card -> {
      Path file = portraits.resolve(card.story().card() + ".jp2");
      try {
        return Files.exists(file)
            ? card.with(
                CardFile.written(file(card.story()))
                    .card(folder, card.counters(), Files.readAllBytes(file)))
            : card;
      } catch (IOException | IllegalArgumentException unusable) {
        throw new WorldTrouble(
            file + " cannot be a card's portrait: " + unusable.getMessage() + " See docs/face.md");
      }
    });
  }

  List<DeckCard> cards() {
    return List.copyOf(cards);
  }

  Optional<DeckCard> card(String name) {
    return cards.stream().filter(card -> card.story().card().equals(name)).findFirst();
  }

  @Override
  public Optional<IssuedCertificate> certificate(String card) {
    return card(card).map(DeckCard::certificate);
  }

  @Override
  public void put(String card, IssuedCertificate certificate) throws IOException {
    DeckCard before =
        card(card).orElseThrow(() -> new IllegalArgumentException("There is no card " + card));
    write(before.story(), AUTHENTICATION, certificate);
    DeckCard after =
        read(before.story()).orElseThrow(() -> new IOException(card + " was just written"));
    cards.replaceAll(each -> each.story() == before.story() ? after : each);
  }

  /** Whether it was registered then only the gateway knows: the next start makes it anew. */
  void noteUse(DeckStory story) {
    if (story.canBeRegistered() && !Files.exists(used(story))) {
      try {
        PrivateFile.write(used(story), "");
      } catch (IOException cannotBeKept) {
        throw new UncheckedIOException(cannotBeKept);
      }
    }
  }

  /** The world's day on which the deck was first made: its people's history is told from it. */
  LocalDate madeOn() {
    return madeOn;
  }

  /** What this start had to make anew, in words. */
  List<String> minted() {
    return List.copyOf(minted);
  }

  /** The Name in DER of whoever issued this, as registrations carry it. */
  byte[] issuerOf(CertificateNumber certificate) {
    return jpki.authority(certificate.issuer())
        .certificate()
        .getSubjectX500Principal()
        .getEncoded();
  }

  private static LocalDate madeOn(Path folder, Instant now) throws IOException {
    Path file = folder.resolve("made-on");
    if (!Files.exists(file)) {
      PrivateFile.write(file, day(now) + "\n");
    }
    return LocalDate.parse(Files.readString(file).strip());
  }

  private Map<DeckStory, DeckCard> kept() {
    Map<DeckStory, DeckCard> kept = new EnumMap<>(DeckStory.class);
    for (DeckStory story : DeckStory.values()) {
      read(story).ifPresent(card -> kept.put(story, card));
    }
    return kept;
  }

  /** Keys take their time: all that are missing are made at once. */
  private Iterator<KeyPair> keysFor(Set<DeckStory> goodAlready) {
    int missing = 0;
    for (DeckStory story : DeckStory.values()) {
      missing += goodAlready.contains(story) ? 0 : story.making().hasSignature() ? 2 : 1;
    }
    return KeyPairs.rsa2048(missing, random).iterator();
  }

  /**
   * A PIN blocked by mistakes, or a revocation, makes a story untrue unless it tells just that; so
   * does a card that signs for no terminal of this world, and one that may have been registered.
   */
  private boolean isTrue(DeckCard card, Instant now) throws IOException {
    Path pins = pins(card.story());
    List<String> lines = Files.exists(pins) ? Files.readAllLines(pins) : List.of();
    String closed = card.story().card() + ".authentication=0";
    boolean asTold =
        card.story().is(Twist.PIN_BLOCKED)
            ? lines.contains(closed)
            : lines.stream().noneMatch(line -> line.endsWith("=0"));
    boolean revoked = jpki.status(card.certificate().number(), now) instanceof SerialStatus.Revoked;
    return asTold
        && revoked == card.story().is(Twist.LOST)
        && card.card().signsWithoutPin() != card.story().isPhone()
        && !Files.exists(used(card.story()))
        && card.isTrue(now);
  }

  // ------------------------------------------------------------------ minting

  private DeckCard mint(DeckStory story, Instant now, Iterator<KeyPair> keys) throws IOException {
    LocalDate lastDay = story.lastDay(day(now));
    KeyPair key = keys.next();
    Optional<IssuedCertificate> before = predecessor(story, lastDay);
    IssuedCertificate certificate = issue(story, key, lastDay, before, now);
    if (story.is(Twist.LOST)) {
      // RFC 5280 knows no "lost"; J-LIS suspends until the card is found or replaced.
      jpki.hold(certificate, now.minus(LOST_SINCE));
    }
    Files.deleteIfExists(used(story));
    Files.deleteIfExists(pins(story));
    if (story.is(Twist.PIN_BLOCKED)) {
      PinCounters.keptIn(pins(story)).set(PinReference.authentication(story.card()), 0);
    }
    keep(story, AUTHENTICATION, key, certificate);
    if (story.making().hasSignature()) {
      KeyPair signing = keys.next();
      keep(story, SIGNATURE, signing, issueSignature(story, signing, lastDay, now));
    }
    Optional<Instant> registeredAt = registeredAt(story, before.orElse(certificate));
    PrivateFile.write(
        file(story), cardFile(story, lastDay, day(now), registeredAt.orElse(null)).text());
    return read(story)
        .orElseThrow(() -> new IOException("The card " + story.card() + " was just minted"));
  }

  private IssuedCertificate issue(
      DeckStory story,
      KeyPair key,
      LocalDate lastDay,
      Optional<IssuedCertificate> before,
      Instant now) {
    Instant from = JpkiCounter.begins(lastDay);
    CertificateOrder order =
        CertificateOrder.of(issuer(story, from, now), key.getPublic(), from, lastDay);
    if (story.is(Twist.STRANGERS)) {
      return jpki.issue(order);
    }
    CertificateOrder listed = order.forPerson(DeckCard.personCode(story, day(now)));
    return switch (story.making().predecessor()) {
      case NONE -> jpki.issue(listed);
      case RENEWED_IN_TIME, RENEWED_LATE -> jpki.renew(before.orElseThrow(), listed);
      case PARENT_CARD -> jpki.issue(listed.after(before.orElseThrow()));
    };
  }

  /** What the holder had before; of a key that is in nobody's hands. */
  private Optional<IssuedCertificate> predecessor(DeckStory story, LocalDate lastDay)
      throws IOException {
    LocalDate ended =
        switch (story.making().predecessor()) {
          case NONE -> null;
          case RENEWED_IN_TIME -> firstDay(lastDay).plus(RENEWED_BEFORE_END);
          case RENEWED_LATE -> firstDay(lastDay).minus(RENEWED_AFTER_END);
          case PARENT_CARD -> lastDay.minus(PHONE_AFTER_CARD);
        };
    if (ended == null) {
      return Optional.empty();
    }
    Instant from = JpkiCounter.begins(ended);
    // As old as it is, it is of the generation before.
    Generation generation =
        story.making().predecessor() == DeckStory.Predecessor.PARENT_CARD
            ? Generation.THIRD
            : Generation.SECOND;
    PublicKey nobodys = Pem.keyPair(folder.resolve(sharedKey("presence.key.pem"))).getPublic();
    return Optional.of(
        jpki.issue(
            CertificateOrder.of(Issuer.of(Use.AUTHENTICATION, generation), nobodys, from, ended)
                .forPerson("P-" + story.card())));
  }

  private static Issuer issuer(DeckStory story, Instant from, Instant now) {
    if (story.is(Twist.STRANGERS)) {
      return Issuer.STRANGER;
    }
    return story.isPhone()
        ? Issuer.newest(Use.AUTHENTICATION, Issuer.Carrier.PHONE)
        : Issuer.of(Use.AUTHENTICATION, generation(from, now));
  }

  private static Generation generation(Instant from, Instant now) {
    Instant newest =
        now.atZone(ClockChange.TOKYO).minus(OLDER_GENERATION_FROM).plusDays(1).toInstant();
    return from.isBefore(newest) ? Generation.SECOND : Generation.THIRD;
  }

  private IssuedCertificate issueSignature(
      DeckStory story, KeyPair key, LocalDate lastDay, Instant now) {
    DeckPerson person = story.person();
    Instant from = JpkiCounter.begins(lastDay);
    return jpki.issue(
        CertificateOrder.of(
                Issuer.of(Use.SIGNATURE, generation(from, now)), key.getPublic(), from, lastDay)
            .naming(
                new HolderAttributes(
                    person.name().replace(' ', '\u3000'),
                    HolderAttributes.Sex.valueOf(person.sex()),
                    LocalDate.parse(person.birthDate()),
                    person.address(),
                    "Kaku-shi")));
  }

  private static Optional<Instant> registeredAt(DeckStory story, IssuedCertificate registered) {
    return story.is(Twist.NEVER_REGISTERED) || story.is(Twist.STRANGERS)
        ? Optional.empty()
        : Optional.of(registered.begins().plus(UNTIL_REGISTERED));
  }

  private static LocalDate firstDay(LocalDate lastDay) {
    return lastDay.minus(JpkiCounter.LIFE);
  }

  private static LocalDate day(Instant now) {
    return now.atZone(ClockChange.TOKYO).toLocalDate();
  }

  // ------------------------------------------------------------------ files

  private void keep(DeckStory story, String use, KeyPair key, IssuedCertificate certificate)
      throws IOException {
    PemFile.write(folder.resolve(story.card() + use + ".key.pem"), key.getPrivate());
    write(story, use, certificate);
  }

  private void write(DeckStory story, String use, IssuedCertificate certificate)
      throws IOException {
    PemFile.write(folder.resolve(story.card() + use + ".pem"), certificate.certificate());
    PemFile.write(
        folder.resolve(story.card() + use + "-authority.pem"),
        jpki.authority(certificate.by()).certificate());
  }

  private CardFile cardFile(
      DeckStory story, LocalDate lastDay, LocalDate mintedOn, @Nullable Instant registeredAt)
      throws IOException {
    return new CardFile(
        1,
        story.card(),
        story.making().form().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        credential(story, AUTHENTICATION, story.is(Twist.WITHOUT_PIN) ? null : DeckStory.PIN),
        story.making().hasSignature() ? credential(story, SIGNATURE, SIGNATURE_PASSWORD) : null,
        story.isPhone() ? null : face(story, lastDay),
        story.isPhone() ? null : folder.relativize(terminals).toString(),
        null,
        null,
        mintedOn.toString(),
        registeredAt);
  }

  private static CardFile.Credential credential(
      DeckStory story, String use, @Nullable String secret) {
    String name = story.card() + use;
    return new CardFile.Credential(
        secret, name + ".key.pem", name + ".pem", name + "-authority.pem");
  }

  /** What is printed: the person as registered, and numbers that are nobody's. */
  private CardFile.Face face(DeckStory story, LocalDate lastDay) throws IOException {
    DeckPerson person = story.person();
    return new CardFile.Face(
        person.name().replace(' ', '\u3000'),
        person.address(),
        person.birthDate(),
        person.sex().toLowerCase(Locale.ROOT),
        lastDay.plus(CARD_OUTLIVES_CERTIFICATE).toString(),
        MUNICIPALITY,
        "4%014d".formatted(random.nextLong(100_000_000_000_000L)),
        "%04d".formatted(random.nextInt(10_000)),
        CardFace.nobodysNumber("%011d".formatted(random.nextLong(100_000_000_000L))),
        story.is(Twist.WITHOUT_PIN) ? null : DeckStory.PIN,
        Math.floorMod(story.card().hashCode(), Portraits.COUNT) + 1,
        sharedKey("presence.key.pem"),
        "9013999",
        sharedKey("municipality.key.pem"),
        sharedKey(CARD_AUTHORITY));
  }

  /** One for the whole deck: what cards of one world prove by it is that they are cards of it. */
  private String sharedKey(String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      PemFile.write(file, KeyPairs.rsa2048(random).getPrivate());
    }
    return name;
  }

  private Optional<DeckCard> read(DeckStory story) {
    try {
      if (!Files.exists(file(story))) {
        return Optional.empty();
      }
      CardFile written = CardFile.written(file(story));
      Optional<IssuedCertificate> certificate = jpki.recognise(Pem.der(certificateOf(story)));
      return certificate.isPresent() && written.mintedOn() != null
          ? Optional.of(card(story, certificate.get(), written))
          : Optional.empty();
    } catch (IOException | RuntimeException damaged) {
      // A damaged card is no card: it is minted again like a missing one.
      return Optional.empty();
    }
  }

  private DeckCard card(DeckStory story, IssuedCertificate certificate, CardFile written)
      throws IOException {
    PinCounters counters = PinCounters.keptIn(pins(story));
    return new DeckCard(
        story,
        written.card(folder, counters),
        counters,
        certificate,
        LocalDate.parse(written.mintedOn()),
        Optional.ofNullable(written.registeredAt())
            .map(at -> new DeckCard.Registered(registered(story, certificate), at)));
  }

  /** What was renewed was registered before, however often; a phone is registered itself. */
  private CertificateNumber registered(DeckStory story, IssuedCertificate certificate) {
    CertificateNumber registered = certificate.number();
    Optional<CertificateNumber> before = before(registered);
    while (!story.isPhone() && before.isPresent()) {
      registered = before.get();
      before = before(registered);
    }
    return registered;
  }

  private Optional<CertificateNumber> before(CertificateNumber certificate) {
    return jpki.holding(certificate).stream()
        .flatMap(holding -> holding.predecessors().stream())
        .findFirst();
  }

  private Path file(DeckStory story) {
    return folder.resolve(story.card() + ".yaml");
  }

  private Path certificateOf(DeckStory story) {
    return folder.resolve(story.card() + ".pem");
  }

  private Path used(DeckStory story) {
    return folder.resolve(story.card() + ".used");
  }

  private Path pins(DeckStory story) {
    return folder.resolve(story.card() + ".pins");
  }
}
