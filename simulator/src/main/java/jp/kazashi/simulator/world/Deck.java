package jp.kazashi.simulator.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.kazashi.simulator.card.CardFace;
import jp.kazashi.simulator.card.CardFile;
import jp.kazashi.simulator.card.Pem;
import jp.kazashi.simulator.card.PinCounters;
import jp.kazashi.simulator.card.Portraits;
import jp.kazashi.simulator.pki.Generation;
import jp.kazashi.simulator.pki.IssuedCertificate;
import jp.kazashi.simulator.pki.PrivateFile;
import jp.kazashi.simulator.pki.Revocation;
import jp.kazashi.simulator.pki.SimulatedJpki;

/**
 * The cards of a world, one file each under {@code cards/}. They are minted relative to the world's
 * clock and never change by moving it; a start that finds a story no longer true mints that card
 * anew.
 */
final class Deck {
  private static final Period CERTIFICATE_LIFE = Period.ofYears(5);
  private static final Period OLDER_GENERATION_FROM = Period.ofYears(3);
  private static final Duration UNTIL_REGISTERED = Duration.ofDays(30);
  private static final Duration LOST_SINCE = Duration.ofDays(10);
  private static final Period CARD_OUTLIVES_CERTIFICATE = Period.ofYears(5);

  /** Of no municipality. */
  private static final String MUNICIPALITY = "13999";

  private final SimulatedJpki jpki;
  private final Path folder;
  private final SecureRandom random;
  private final LocalDate madeOn;
  private final List<DeckCard> cards = new ArrayList<>();
  private final List<String> minted = new ArrayList<>();

  private Deck(SimulatedJpki jpki, Path folder, SecureRandom random, LocalDate madeOn) {
    this.jpki = jpki;
    this.folder = folder;
    this.random = random;
    this.madeOn = madeOn;
  }

  /**
   * Reads the deck, mints what is missing and, when asked to renew, what is no longer true.
   *
   * @param renew at an {@code up}; not when the simulator alone was started again
   */
  static Deck open(SimulatedJpki jpki, Path folder, Instant now, boolean renew, SecureRandom random)
      throws IOException {
    EmbeddedPostgres.createPrivate(folder);
    Deck deck = new Deck(jpki, folder, random, madeOn(folder, now));
    for (DeckStory story : DeckStory.values()) {
      Optional<DeckCard> kept = deck.read(story);
      if (kept.isPresent() && (!renew || deck.isTrue(kept.get(), now))) {
        deck.cards.add(kept.get());
      } else {
        deck.cards.add(deck.mint(story, now));
        kept.ifPresent(old ->
            deck.minted.add(
                "%s: its story (%s) was no longer true; card and link were made anew."
                    .formatted(story.card(), story.story())));
      }
    }
    return deck;
  }

  /** Whether this JPKI can still issue every story at this time. */
  static boolean canBeMinted(SimulatedJpki jpki, Instant now) {
    Instant longest = now.atZone(ClockChange.TOKYO).plusYears(4).plusDays(1).toInstant();
    X509Certificate issuing = jpki.authority(Generation.THIRD).certificate();
    X509Certificate older = jpki.authority(Generation.SECOND).certificate();
    return issuing.getNotBefore().toInstant().isBefore(now)
        && issuing.getNotAfter().toInstant().isAfter(longest)
        && older.getNotBefore().toInstant().isBefore(now)
        && older.getNotAfter().toInstant().isAfter(now);
  }

  List<DeckCard> cards() {
    return List.copyOf(cards);
  }

  Optional<DeckCard> card(String name) {
    return cards.stream().filter(card -> card.story().card().equals(name)).findFirst();
  }

  /** The world's day on which the deck was first made: its people's history is told from it. */
  LocalDate madeOn() {
    return madeOn;
  }

  /** What this start had to make anew, in words. */
  List<String> minted() {
    return List.copyOf(minted);
  }

  private static LocalDate madeOn(Path folder, Instant now) throws IOException {
    Path file = folder.resolve("made-on");
    if (!Files.exists(file)) {
      PrivateFile.write(file, now.atZone(ClockChange.TOKYO).toLocalDate() + "\n");
    }
    return LocalDate.parse(Files.readString(file).strip());
  }

  /** A PIN blocked by mistakes makes a story untrue as well. */
  private boolean isTrue(DeckCard card, Instant now) throws IOException {
    Path pins = pins(card.story());
    return card.isTrue(now)
        && (!Files.exists(pins)
            || Files.readAllLines(pins).stream().noneMatch(line -> line.endsWith("=0")));
  }

  private DeckCard mint(DeckStory story, Instant now) throws IOException {
    ZonedDateTime today = now.atZone(ClockChange.TOKYO);
    LocalDate lastDay = story.lastDay(today.toLocalDate());
    Instant from =
        lastDay.minus(CERTIFICATE_LIFE).atTime(10, 0).atZone(ClockChange.TOKYO).toInstant();
    Generation generation =
        from.isBefore(today.minus(OLDER_GENERATION_FROM).plusDays(1).toInstant())
            ? Generation.SECOND
            : Generation.THIRD;
    KeyPair key = keyPair();
    IssuedCertificate certificate = jpki.issue(generation, key.getPublic(), from, lastDay);
    if (story.isLost()) {
      // RFC 5280 knows no "lost"; J-LIS suspends until the card is found or replaced.
      jpki.revoke(certificate, Revocation.Reason.CERTIFICATE_HOLD, now.minus(LOST_SINCE));
    }
    Files.deleteIfExists(pins(story));
    PrivateFile.write(folder.resolve(story.card() + ".key.pem"), Pem.text(key.getPrivate()));
    PrivateFile.write(certificateOf(story), Pem.certificate(certificate.der()));
    PrivateFile.write(
        folder.resolve(story.card() + "-authority.pem"),
        Pem.certificate(der(jpki.authority(generation).certificate())));
    Instant registeredAt = from.plus(UNTIL_REGISTERED);
    PrivateFile.write(file(story), cardFile(story, lastDay, registeredAt).text());
    return card(story, certificate, registeredAt);
  }

  private CardFile cardFile(DeckStory story, LocalDate lastDay, Instant registeredAt)
      throws IOException {
    String card = story.card();
    return new CardFile(
        1,
        card,
        "my-number-card",
        new CardFile.Credential(
            DeckStory.PIN, card + ".key.pem", card + ".pem", card + "-authority.pem"),
        null,
        face(story, lastDay),
        Files.exists(institutionAuthority()) ? "../keys/ca.pem" : null,
        null,
        null,
        registeredAt);
  }

  /** What is printed: the person as registered, and numbers that are nobody's. */
  private CardFile.Face face(DeckStory story, LocalDate lastDay) throws IOException {
    DeckPerson person = DeckPerson.of(story);
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
        DeckStory.PIN,
        Math.floorMod(story.card().hashCode(), Portraits.COUNT) + 1,
        sharedKey("presence.key.pem"),
        "9013999",
        sharedKey("municipality.key.pem"),
        sharedKey("municipality-authority.key.pem"));
  }

  /** One for the whole deck: what cards of one world prove by it is that they are cards of it. */
  private String sharedKey(String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      PrivateFile.write(file, Pem.text(keyPair().getPrivate()));
    }
    return name;
  }

  private Path institutionAuthority() {
    return folder.resolveSibling("keys").resolve("ca.pem");
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException ours) {
      throw new IllegalStateException(ours);
    }
  }

  private Optional<DeckCard> read(DeckStory story) {
    try {
      if (!Files.exists(file(story))) {
        return Optional.empty();
      }
      Optional<Instant> registeredAt =
          Optional.ofNullable(CardFile.parse(Files.readString(file(story))).registeredAt());
      Optional<IssuedCertificate> certificate = jpki.recognise(Pem.der(certificateOf(story)));
      return registeredAt.isPresent() && certificate.isPresent()
          ? Optional.of(card(story, certificate.get(), registeredAt.get()))
          : Optional.empty();
    } catch (IOException | RuntimeException damaged) {
      // A damaged card is no card: it is minted again like a missing one.
      return Optional.empty();
    }
  }

  private DeckCard card(DeckStory story, IssuedCertificate certificate, Instant registeredAt)
      throws IOException {
    return new DeckCard(
        story,
        CardFile.read(file(story), PinCounters.keptIn(pins(story))),
        certificate,
        registeredAt);
  }

  private KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private Path file(DeckStory story) {
    return folder.resolve(story.card() + ".yaml");
  }

  private Path certificateOf(DeckStory story) {
    return folder.resolve(story.card() + ".pem");
  }

  private Path pins(DeckStory story) {
    return folder.resolve(story.card() + ".pins");
  }
}
