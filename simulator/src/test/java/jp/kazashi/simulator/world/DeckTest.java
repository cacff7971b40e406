package jp.kazashi.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.YearMonth;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.kazashi.simulator.card.CardInsertion;
import jp.kazashi.simulator.card.Pem;
import jp.kazashi.simulator.card.PinCounters;
import jp.kazashi.simulator.card.PinReference;
import jp.kazashi.simulator.card.Portraits;
import jp.kazashi.simulator.pki.CertificateNumber;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.Revocation.Reason;
import jp.kazashi.simulator.pki.SerialStatus;
import jp.kazashi.simulator.pki.SimulatedJpki;
import jp.kazashi.simulator.pki.TransportCa;
import jp.kazashi.simulator.population.CheckDigit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeckTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  @TempDir static Path shared;
  private static SimulatedJpki jpki;
  private static Path made;
  private static Path terminals;

  private Path folder;

  @BeforeAll
  static void makeADeck() throws IOException {
    jpki =
        SimulatedJpki.open(
            shared.resolve("jpki"), NOW, URI.create("http://127.0.0.1:1/"), new SecureRandom());
    made = shared.resolve("cards");
    terminals =
        TransportCa.open(shared.resolve("keys"), NOW, new SecureRandom()).trust().certificate();
    Deck.open(jpki, made, terminals, NOW, true, new SecureRandom());
  }

  @BeforeEach
  void copyTheDeck() throws IOException {
    // Beside the folder of keys, as the deck of a world is: its cards name the terminals'
    // authority.
    folder = Files.createTempDirectory(shared, "cards");
    try (var files = Files.list(made)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(made.relativize(file)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "hanako, 2030-11-21",
    "taro,   2027-01-20",
    "jiro,   2026-10-21",
    "saburo, 2026-07-21",
    "shiro,  2029-11-21",
    "renewed, 2031-10-02",
    "late,   2031-11-11",
    "oldgen, 2027-11-21",
    "fake,   2029-11-21",
    "android, 2029-11-21",
    "iphone, 2029-11-21",
  })
  void everyCertificateEndsAsItsStoryTellsAtTheLastSecondInTokyo(String name, LocalDate lastDay)
      throws IOException {
    DeckCard card = open(NOW, true).card(name).orElseThrow();

    assertThat(card.lastDay()).isEqualTo(lastDay);
    assertThat(card.certificate().ends().atZone(ClockChange.TOKYO).toLocalTime())
        .isEqualTo(LocalTime.of(23, 59, 59));
    assertThat(card.isTrue(NOW)).isTrue();
  }

  @Test
  void whoCertifiesTheIssuersOfCardsIsToldToWhoeverReadsThem() throws IOException {
    String pem = Files.readString(made.resolve(WorldHome.CARD_ISSUERS));

    assertThat(pem).startsWith("-----BEGIN PUBLIC KEY-----\n");
    assertThat(Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", "")))
        .isEqualTo(
            Pem.keyPair(made.resolve("municipality-authority.key.pem")).getPublic().getEncoded());
  }

  @Test
  void cardsCarryThePortraitsOfAFolderAndNothingOfThemIsWritten() throws IOException {
    Path portraits = Files.createTempDirectory(shared, "portraits");
    Files.write(portraits.resolve("hanako.jp2"), Portraits.numbered(12));
    Deck deck = open(NOW, true);
    DeckCard hanako = deck.card("hanako").orElseThrow();
    DeckCard taro = deck.card("taro").orElseThrow();
    String written = Files.readString(folder.resolve("hanako.yaml"));

    deck.carry(portraits);

    assertThat(deck.card("hanako").orElseThrow().card()).isNotSameAs(hanako.card());
    assertThat(deck.card("hanako").orElseThrow().counters()).isSameAs(hanako.counters());
    assertThat(deck.card("taro").orElseThrow()).isSameAs(taro);
    assertThat(folder.resolve("hanako.yaml")).hasContent(written);
  }

  @Test
  void portraitThatNoCardHasRoomForIsRefusedByItsName() throws IOException {
    Path portraits = Files.createTempDirectory(shared, "portraits");
    Files.write(portraits.resolve("hanako.jp2"), new byte[17 * 1024]);
    Deck deck = open(NOW, true);

    assertThatThrownBy(() -> deck.carry(portraits))
        .isInstanceOf(WorldTrouble.class)
        .hasMessageContaining("hanako.jp2");
  }

  @Test
  void theDeckHasItsTwentyStoriesInTheirOrder() throws IOException {
    assertThat(open(NOW, true).cards().stream().map(card -> card.story().card()))
        .containsExactly(
            "hanako", "taro", "jiro", "saburo", "shiro", "goro", "rokuro", "nanako", "yae", "kyuta",
            "tome", "midori", "dv", "dvstop", "renewed", "late", "oldgen", "fake", "android",
            "iphone");
  }

  @Test
  void everyCardButTheStrangersIsIssuedByTheAuthorityOfItsStory() throws IOException {
    Deck deck = open(NOW, true);

    assertThat(issuer(deck, "hanako")).isEqualTo(Issuer.AUTHENTICATION_3);
    assertThat(issuer(deck, "oldgen")).isEqualTo(Issuer.AUTHENTICATION_2);
    assertThat(issuer(deck, "android")).isEqualTo(Issuer.PHONE_AUTHENTICATION);
    assertThat(issuer(deck, "iphone")).isEqualTo(Issuer.PHONE_AUTHENTICATION);
    assertThat(issuer(deck, "fake")).isEqualTo(Issuer.STRANGER);
    assertThat(Issuer.trusted(Issuer.Use.AUTHENTICATION)).doesNotContain(Issuer.STRANGER);
  }

  @Test
  void renewedTookOverInTimeAndLateAfterItsGrace() throws IOException {
    Deck deck = open(NOW, true);

    for (String name : List.of("renewed", "late")) {
      DeckCard card = deck.card(name).orElseThrow();
      CertificateNumber before = predecessor(card);
      assertThat(card.registered().orElseThrow().certificate())
          .as("what was registered is the certificate before")
          .isEqualTo(before)
          .isNotEqualTo(card.certificate().number());
      assertThat(jpki.holding(before).orElseThrow().personCode())
          .isEqualTo(jpki.holding(card.certificate().number()).orElseThrow().personCode());
    }
    // Renewed before its end, the old one is superseded; late, it had simply ended.
    assertThat(jpki.status(predecessor(deck.card("renewed").orElseThrow()), NOW))
        .isInstanceOf(SerialStatus.Revoked.class);
    assertThat(jpki.status(predecessor(deck.card("late").orElseThrow()), NOW))
        .isInstanceOf(SerialStatus.Good.class);
  }

  @Test
  void aPhoneIsDerivedFromACardOfTheSamePerson() throws IOException {
    for (String name : List.of("android", "iphone")) {
      DeckCard phone = open(NOW, true).card(name).orElseThrow();
      assertThat(predecessor(phone).issuer()).isEqualTo(Issuer.AUTHENTICATION_3);
      assertThat(phone.registered().orElseThrow().certificate())
          .isEqualTo(phone.certificate().number());
    }
  }

  @Test
  void goroIsBlockedAndAnUpThatFindsThePinUnblockedMintsTheCardAnew() throws IOException {
    Deck before = open(NOW, true);
    assertThat(tries("goro")).isZero();
    assertThat(tries("hanako")).isEqualTo(3);

    PinCounters.keptIn(folder.resolve("goro.pins")).set(PinReference.authentication("goro"), 3);
    Deck after = open(NOW, true);

    assertThat(after.minted()).singleElement().asString().startsWith("goro: ");
    assertThat(serial(after, "goro")).isNotEqualTo(serial(before, "goro"));
    assertThat(tries("goro")).isZero();
  }

  @Test
  void nanakoHasNoPinAndSaysSo() throws IOException {
    DeckCard nanako = open(NOW, true).card("nanako").orElseThrow();

    assertThat(nanako.story().pin()).isEmpty();
    assertThat(nanako.story().method()).isEqualTo("FACE");
    CardInsertion card = nanako.card().insert();
    card.transmit(HexFormat.of().parseHex("00A4040C0AD392F000260100000001"));
    card.transmit(HexFormat.of().parseHex("00A4020C020018"));
    assertThat(HexFormat.of().formatHex(card.transmit(HexFormat.of().parseHex("00200080"))))
        .isEqualTo("63c0");
    assertThat(
            HexFormat.of().formatHex(card.transmit(HexFormat.of().parseHex("002000800431323334"))))
        .isEqualTo("6984");
  }

  @Test
  void everyCardSignsForTerminalsOfItsWorldAndOneThatDoesNotIsMintedAnew() throws IOException {
    Deck before = open(NOW, true);
    assertThat(before.cards())
        .allMatch(card -> card.card().signsWithoutPin() != card.story().isPhone());
    Path nanako = folder.resolve("nanako.yaml");
    Files.writeString(nanako, Files.readString(nanako).replaceFirst("(?m)^terminals: .*\n", ""));

    Deck after = open(NOW, true);

    assertThat(after.minted()).singleElement().asString().startsWith("nanako: ");
    assertThat(after.card("nanako").orElseThrow().card().signsWithoutPin()).isTrue();
  }

  @Test
  void whoMayHaveBeenRegisteredSinceIsMintedAnewByTheNextUp() throws IOException {
    CardTable table = new CardTable(open(NOW, true));
    for (String name : List.of("hanako", "rokuro", "late")) {
      assertThat(table.inHand(table.card(name).orElseThrow()).name()).isEqualTo(name);
    }

    assertThat(open(NOW, true).minted())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("rokuro: "))
        .anyMatch(line -> line.startsWith("late: "));
    assertThat(open(NOW, true).minted()).isEmpty();
  }

  @Test
  void insurersBarTheProvisionOfOneAndTheAddressOfAnother() throws IOException {
    Map<String, Object> flags = new HashMap<>();
    for (DeckFeed.Batch batch : new DeckFeed(open(NOW, true)).batches()) {
      for (Map<String, Object> line : batch.lines()) {
        for (String flag : List.of("undisclosed", "provisionBarred")) {
          if (line.containsKey(flag)) {
            flags.put(line.get("personCode") + " " + flag, line.get(flag));
          }
        }
      }
    }

    assertThat(flags).isEqualTo(Map.of("P-dv undisclosed", true, "P-dvstop provisionBarred", true));
  }

  @Test
  void faultsOnTheTableHoldFromTheNextInsertionAndTheDeckKeepsNoneOfThem() throws IOException {
    CardTable table = new CardTable(open(NOW, true));
    DeckCard taro = table.card("taro").orElseThrow();
    CardInsertion before = table.inHand(taro).insert();

    table.setFaults(taro, List.of("select answer 6F00"));

    assertThat(selected(table.inHand(taro).insert())).isEqualTo("6f00");
    assertThat(selected(before)).isEqualTo("9000");
    assertThat(selected(taro.card().insert())).isEqualTo("9000");
    table.setFaults(taro, List.of());
    assertThat(selected(table.inHand(taro).insert())).isEqualTo("9000");
  }

  private static String selected(CardInsertion card) {
    return HexFormat.of()
        .formatHex(card.transmit(HexFormat.of().parseHex("00A4040C0AD392F000260100000001")));
  }

  @Test
  void kyutaLeftOneInsurerForAnotherOnTheFirstOfLastMonth() throws IOException {
    List<Map<String, Object>> covers =
        new DeckFeed(open(NOW, true))
            .batches().stream()
                .flatMap(batch -> batch.lines().stream())
                .filter(line -> "qualification".equals(line.get("type")))
                .filter(line -> String.valueOf(line.get("name")).equals("小林 九太"))
                .toList();

    assertThat(covers).hasSize(2);
    assertThat(covers.getFirst()).containsEntry("validTo", "2026-09-30");
    assertThat(covers.getLast())
        .containsEntry("validFrom", "2026-10-01")
        .doesNotContainKey("validTo");
    assertThat(covers.getFirst().get("insurerNumber"))
        .isNotEqualTo(covers.getLast().get("insurerNumber"));
  }

  @Test
  void yaesNameCannotBeWrittenInCp932() {
    assertThat(Charset.forName("windows-31j").newEncoder().canEncode(DeckStory.YAE.person().name()))
        .isFalse();
    for (DeckStory story : DeckStory.values()) {
      assertThat(Charset.forName("windows-31j").newEncoder().canEncode(story.person().name()))
          .as(story.card())
          .isEqualTo(story != DeckStory.YAE);
    }
  }

  @Test
  void neverRegisteredAndStrangersCardAreInNoFeedOfRegistrations() throws IOException {
    Deck deck = open(NOW, true);
    assertThat(deck.card("rokuro").orElseThrow().registered()).isEmpty();
    assertThat(deck.card("fake").orElseThrow().registered()).isEmpty();
    assertThat(new DeckFeed(deck).batches())
        .noneMatch(batch -> batch.id().contains("fake"))
        .anyMatch(batch -> batch.id().contains("-rokuro-"));
  }

  @Test
  void onlyTheLostCardIsRevokedAndSinceBeforeNow() throws IOException {
    for (DeckCard card : open(NOW, true).cards()) {
      SerialStatus status = jpki.status(card.certificate().number(), NOW);
      if (card.story() == DeckStory.SHIRO) {
        assertThat(status)
            .isInstanceOfSatisfying(
                SerialStatus.Revoked.class,
                revoked -> assertThat(revoked.revocation().since()).isBefore(NOW));
      } else {
        assertThat(status).isInstanceOf(SerialStatus.Good.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024-02-29", "2026-12-31", "2027-03-01", "2028-02-29", "2026-08-31"})
  void everyStoryIsTrueOnTheDayItIsMintedWhateverTheDay(LocalDate today) {
    for (DeckStory story : DeckStory.values()) {
      assertThat(story.isTrue(story.lastDay(today), today)).as(story.card()).isTrue();
    }
  }

  @Test
  void jiroIsInGraceAndSaburoOutOfItByBothWaysOfCountingThreeMonths() {
    for (LocalDate today = TODAY; today.isBefore(TODAY.plusYears(2)); today = today.plusDays(1)) {
      assertThat(DeckStory.JIRO.lastDay(today).plusMonths(3)).isAfter(today);
      LocalDate ended = DeckStory.SABURO.lastDay(today);
      LocalDate endOfItsMonth = ended.withDayOfMonth(ended.lengthOfMonth());
      assertThat(endOfItsMonth.plusMonths(3)).isBefore(today);
    }
  }

  @Test
  void aStoryNoLongerTrueIsMintedAnewByAnUpAndSaid() throws IOException {
    Deck before = open(NOW, true);

    Deck after = open(NOW.plus(Period.ofDays(90)), true);

    assertThat(after.minted())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("taro: "))
        .anyMatch(line -> line.startsWith("kyuta: "));
    assertThat(after.card("kyuta").orElseThrow().personCode())
        .isNotEqualTo(before.card("kyuta").orElseThrow().personCode());
    assertThat(serial(after, "taro")).isNotEqualTo(serial(before, "taro"));
    assertThat(serial(after, "jiro")).isNotEqualTo(serial(before, "jiro"));
    assertThat(serial(after, "hanako")).isEqualTo(serial(before, "hanako"));
    assertThat(after.madeOn()).isEqualTo(TODAY);
  }

  @Test
  void aSimulatorStartedAgainInTheSameWorldMintsNothing() throws IOException {
    Deck before = open(NOW, true);

    Deck after = open(NOW.plus(Period.ofDays(90)), false);

    assertThat(after.minted()).isEmpty();
    assertThat(serial(after, "taro")).isEqualTo(serial(before, "taro"));
  }

  @Test
  void aDamagedOrBlockedCardIsMintedAnew() throws IOException {
    Deck before = open(NOW, true);
    Files.writeString(folder.resolve("hanako.yaml"), "{\"key\":\"MII");
    Files.writeString(folder.resolve("jiro.pins"), "jiro.authentication=0\n");

    Deck after = open(NOW, true);

    assertThat(serial(after, "hanako")).isNotEqualTo(serial(before, "hanako"));
    assertThat(serial(after, "jiro")).isNotEqualTo(serial(before, "jiro"));
  }

  @Test
  void aRenewedCertificateIsOnTheCardAndWhatWasRegisteredIsTheOneBefore(@TempDir Path other)
      throws IOException {
    SimulatedJpki own = ownJpki(other);
    Deck deck = Deck.open(own, folder, terminals, NOW, true, new SecureRandom());
    CertificateNumber before = deck.certificate("hanako").orElseThrow().number();
    JpkiCounter counter = new JpkiCounter(own, deck, InstantSource.fixed(NOW));
    counter.renew("hanako");
    counter.renew("hanako");

    assertThat(deck.minted()).isEmpty();
    DeckCard renewed =
        Deck.open(own, folder, terminals, NOW.plusSeconds(1), true, new SecureRandom())
            .card("hanako")
            .orElseThrow();
    assertThat(renewed.certificate()).isEqualTo(deck.certificate("hanako").orElseThrow());
    assertThat(renewed.lastDay()).isEqualTo(TODAY.plusYears(5));
    assertThat(renewed.registered().orElseThrow().certificate()).isEqualTo(before);
  }

  @Test
  void aCardRevokedSinceIsMintedAnewByTheNextUp(@TempDir Path other) throws IOException {
    SimulatedJpki own = ownJpki(other);
    Deck deck = Deck.open(own, folder, terminals, NOW, true, new SecureRandom());
    new JpkiCounter(own, deck, InstantSource.fixed(NOW)).revoke("taro", Reason.KEY_COMPROMISE);

    Deck again = Deck.open(own, folder, terminals, NOW, true, new SecureRandom());
    assertThat(again.minted()).singleElement().asString().startsWith("taro: ");
    assertThat(again.certificate("taro")).isNotEqualTo(deck.certificate("taro"));
  }

  /** For tests that change what the others take for granted. */
  private static SimulatedJpki ownJpki(Path other) throws IOException {
    try (var files = Files.list(shared.resolve("jpki"))) {
      for (Path file : files.toList()) {
        Files.copy(file, other.resolve(file.getFileName()));
      }
    }
    return SimulatedJpki.open(other, NOW, URI.create("http://127.0.0.1:1/"), new SecureRandom());
  }

  @Test
  void theKeysOfCardsAreForTheirOwnerOnly() throws IOException {
    Deck deck = open(NOW.plus(Period.ofDays(90)), true);
    assertThat(deck.cards()).hasSize(20);
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().matches(".*[.](yaml|pem)")).toList()) {
        assertThat(Files.getPosixFilePermissions(file))
            .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      }
    }
  }

  @Test
  void aJpkiThatIsOutlivedCannotTellTheStories() {
    assertThat(Deck.canBeMinted(jpki, NOW)).isTrue();
    assertThat(Deck.canBeMinted(jpki, NOW.plus(Period.ofDays(365 * 4)))).isFalse();
    assertThat(Deck.canBeMinted(jpki, NOW.minus(Period.ofDays(365 * 10)))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Insurer.class)
  void insurerNumbersHaveTheirLengthAndACheckDigitThatHolds(Insurer insurer) {
    String number = insurer.number();
    assertThat(number).matches("[0-9]{6}|[0-9]{8}");
    assertThat(CheckDigit.append(number.substring(0, number.length() - 1))).isEqualTo(number);
  }

  @Test
  void theFeedIsTheSameEachTimeAndPeopleComeBeforeTheirCards() throws IOException {
    List<DeckFeed.Batch> batches = new DeckFeed(open(NOW, true)).batches();

    assertThat(new DeckFeed(open(NOW, true)).batches()).isEqualTo(batches);
    Set<String> known = new HashSet<>();
    for (DeckFeed.Batch batch : batches) {
      assertThat(batch.id()).matches("[A-Za-z0-9._:-]{1,100}");
      batch
          .lines()
          .forEach(line -> {
            if ("qualification".equals(line.get("type"))) {
              known.add(String.valueOf(line.get("personCode")));
            } else {
              assertThat(known).contains(String.valueOf(line.get("personCode")));
            }
          });
    }
    assertThat(known).hasSize(19);
  }

  @Test
  void hanakoHasMedicationsOfSeveralMonthsBeforeToday() throws IOException {
    List<String> dates =
        new DeckFeed(open(NOW, true))
            .batches().stream()
                .flatMap(batch -> batch.lines().stream())
                .filter(line -> "medication".equals(line.get("type")))
                .filter(line -> "P-hanako".equals(line.get("personCode")))
                .map(line -> String.valueOf(line.get("date")))
                .toList();
    assertThat(dates).hasSizeGreaterThan(6).allMatch(date -> LocalDate.parse(date).isBefore(TODAY));
  }

  @Test
  void hanakoHasRecordsOfEveryKind() throws IOException {
    Set<String> kinds = new HashSet<>();
    new DeckFeed(open(NOW, true))
        .batches().stream()
            .flatMap(batch -> batch.lines().stream())
            .filter(line -> "P-hanako".equals(line.get("personCode")))
            .forEach(line -> kinds.add(String.valueOf(line.get("type"))));

    assertThat(kinds)
        .containsExactlyInAnyOrder(
            "qualification", "registration", "medication", "care", "surgery", "checkup");
  }

  @Test
  void midoriHasATicketForThisMonthAndTheNextAndNobodyElseHasOne() throws IOException {
    List<Map<String, Object>> tickets =
        new DeckFeed(open(NOW, true))
            .batches().stream()
                .flatMap(batch -> batch.lines().stream())
                .filter(line -> "ticket".equals(line.get("type")))
                .toList();

    assertThat(tickets).allMatch(line -> "P-midori".equals(line.get("personCode")));
    assertThat(tickets)
        .extracting(line -> line.get("month"))
        .contains(YearMonth.from(TODAY).toString(), YearMonth.from(TODAY).plusMonths(1).toString());
  }

  private static Issuer issuer(Deck deck, String name) {
    return deck.card(name).orElseThrow().certificate().by();
  }

  private static CertificateNumber predecessor(DeckCard card) {
    return jpki.holding(card.certificate().number()).orElseThrow().predecessors().getFirst();
  }

  private int tries(String name) {
    return PinCounters.keptIn(folder.resolve(name + ".pins"))
        .left(PinReference.authentication(name));
  }

  private Deck open(Instant now, boolean renew) throws IOException {
    return Deck.open(jpki, folder, terminals, now, renew, new SecureRandom());
  }

  private static String serial(Deck deck, String name) {
    return deck.card(name).orElseThrow().certificate().serial().toString(16);
  }
}
