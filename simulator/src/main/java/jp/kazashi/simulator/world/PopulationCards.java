package jp.kazashi.simulator.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.kazashi.simulator.card.CardFace;
import jp.kazashi.simulator.card.CardFile;
import jp.kazashi.simulator.card.Pem;
import jp.kazashi.simulator.card.PinCounters;
import jp.kazashi.simulator.card.Portraits;
import jp.kazashi.simulator.card.VirtualCard;
import jp.kazashi.simulator.pki.CertificateOrder;
import jp.kazashi.simulator.pki.Generation;
import jp.kazashi.simulator.pki.IssuedCertificate;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.KeyPairs;
import jp.kazashi.simulator.pki.PemFile;
import jp.kazashi.simulator.pki.PrivateFile;
import jp.kazashi.simulator.pki.SimulatedJpki;
import jp.kazashi.simulator.population.Feed;
import jp.kazashi.simulator.population.Population;
import jp.kazashi.simulator.population.PopulationLoad;
import jp.kazashi.simulator.terminal.VirtualReaders;

/**
 * Cards of the population's people, made when one is drawn. Their keys come from a pool of 64: a
 * key takes a tenth of a second, and nobody here is harmed by a key that somebody else has too.
 */
final class PopulationCards {
  static final int KEYS = 64;

  private static final Period LIFE = Period.ofYears(5);
  private static final Period REST = Period.ofYears(3);
  private static final Period UNTIL_REGISTERED = Period.ofDays(30);
  private static final String MUNICIPALITY = "13999";

  private final SimulatedJpki jpki;
  private final Path folder;
  private final VirtualReaders readers;
  private final SecureRandom random;

  /**
   * @param folder of the deck, whose cards share some keys with these
   */
  PopulationCards(SimulatedJpki jpki, Path folder, VirtualReaders readers, SecureRandom random) {
    this.jpki = jpki;
    this.folder = folder;
    this.readers = readers;
    this.random = random;
  }

  /** Mints and registers the card of this person, once, and puts it on a reader of its own. */
  synchronized Map<String, Object> draw(
      Population population, int person, Instant now, PopulationLoad.Send send)
      throws IOException, InterruptedException {
    Population.Holder holder = population.holder(person);
    if (!holder.alive()) {
      throw new IllegalArgumentException("Person " + person + " has died.");
    }
    Path file = folder.resolve(name(person) + ".yaml");
    LocalDate lastDay = today(now).plus(REST);
    if (!Files.exists(file)) {
      mint(holder, lastDay, now, send);
    }
    VirtualCard card =
        CardFile.read(file, PinCounters.keptIn(folder.resolve(name(person) + ".pins")));
    Map<String, Object> drawn = new LinkedHashMap<>();
    drawn.put("name", name(person));
    drawn.put("personCode", holder.personCode());
    drawn.put("pin", DeckStory.PIN);
    drawn.put("reader", readers.openHeadless(card).name());
    return drawn;
  }

  /** The card's file is written last: where it stands, its holder is registered. */
  private void mint(
      Population.Holder holder, LocalDate lastDay, Instant now, PopulationLoad.Send send)
      throws IOException, InterruptedException {
    String name = name(holder.index());
    String key = key(Math.floorMod(holder.index(), KEYS));
    Instant from = lastDay.minus(LIFE).atTime(10, 0).atZone(ClockChange.TOKYO).toInstant();
    KeyPair pair = Pem.keyPair(folder.resolve(key));
    IssuedCertificate certificate =
        jpki.issue(
            CertificateOrder.of(
                    Issuer.of(Issuer.Use.AUTHENTICATION, Generation.THIRD),
                    pair.getPublic(),
                    from,
                    lastDay)
                .forPerson(holder.personCode()));
    Instant registeredAt = from.atZone(ClockChange.TOKYO).plus(UNTIL_REGISTERED).toInstant();
    PemFile.write(folder.resolve(name + ".pem"), certificate.certificate());
    PemFile.write(
        folder.resolve(name + "-authority.pem"), jpki.authority(certificate.by()).certificate());
    register(holder, certificate, registeredAt, send);
    PrivateFile.write(
        folder.resolve(name + ".yaml"),
        new CardFile(
                1,
                name,
                "my-number-card",
                new CardFile.Credential(DeckStory.PIN, key, name + ".pem", name + "-authority.pem"),
                null,
                face(holder, lastDay),
                Files.exists(folder.resolveSibling("keys").resolve("ca.pem"))
                    ? "../keys/ca.pem"
                    : null,
                null,
                null,
                today(now).toString(),
                registeredAt)
            .text());
  }

  private static void register(
      Population.Holder holder, IssuedCertificate certificate, Instant at, PopulationLoad.Send send)
      throws IOException, InterruptedException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", "registration");
    line.put("line", "1");
    line.put("personCode", holder.personCode());
    line.put("issuer", Base64.getEncoder().encodeToString(certificate.issuer()));
    line.put("serial", certificate.serial().toString(16));
    line.put("registeredAt", at.toString());
    PopulationLoad.Taken taken =
        send.send(
            Feed.single(holder.payer(), Feed.Intake.QUALIFICATIONS, Json.line(line)),
            "drawn-" + certificate.serial().toString(16));
    if (taken.accepted() + taken.duplicates() != 1) {
      throw new IOException(
          "The holder could not be registered: " + taken.firstReject().orElse("not taken in"));
    }
  }

  private CardFile.Face face(Population.Holder holder, LocalDate lastDay) {
    return new CardFile.Face(
        holder.name(),
        holder.address(),
        holder.birthDate().toString(),
        holder.woman() ? "female" : "male",
        lastDay.plus(LIFE).toString(),
        MUNICIPALITY,
        "4%014d".formatted(random.nextLong(100_000_000_000_000L)),
        "%04d".formatted(random.nextInt(10_000)),
        CardFace.nobodysNumber("%011d".formatted(random.nextLong(100_000_000_000L))),
        DeckStory.PIN,
        Math.floorMod(holder.index(), Portraits.COUNT) + 1,
        "presence.key.pem",
        "9013999",
        "municipality.key.pem",
        "municipality-authority.key.pem");
  }

  /** Of the pool; made when first needed. */
  private String key(int number) throws IOException {
    String name = "pool-%02d.key.pem".formatted(number);
    if (!Files.exists(folder.resolve(name))) {
      PemFile.write(folder.resolve(name), KeyPairs.rsa2048(random).getPrivate());
    }
    return name;
  }

  private static String name(int person) {
    return "person-%07d".formatted(person);
  }

  private static LocalDate today(Instant now) {
    return now.atZone(ClockChange.TOKYO).toLocalDate();
  }
}
