package jp.kazashi.simulator.card;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A card as a file to read, in YAML, with its keys and certificates in PEM files that it names.
 * What every line means is told in {@code docs/virtual-card.md}.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CardFile(
    int version,
    String name,
    String form,
    Credential authentication,
    @Nullable Credential signature,
    @Nullable Face face,
    @Nullable String terminals,
    @Nullable String pace,
    @Nullable List<String> faults,
    @Nullable String mintedOn,
    @Nullable Instant registeredAt) {

  private static final int VERSION = 1;
  private static final int LONGEST = 64 * 1024;
  private static final String HEAD =
      "# A virtual card of Kazashi: nobody's. docs/virtual-card.md explains every line.\n";

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .build();

  /** Files are named relative to the card's own; without a secret its reference is blocked. */
  public record Credential(
      @Nullable String secret, String key, String certificate, String authority) {
    public Credential {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(certificate, "certificate");
      Objects.requireNonNull(authority, "authority");
    }

    @Override
    public String toString() {
      return "Credential[…]";
    }
  }

  /** What is printed, and the keys that vouch for it. */
  public record Face(
      String name,
      String address,
      String birthDate,
      String sex,
      String expires,
      String municipality,
      String serial,
      String securityCode,
      String number,
      @Nullable String pin,
      int portrait,
      String presenceKey,
      String issuer,
      String issuerKey,
      String issuerAuthorityKey) {
    @Override
    public String toString() {
      return "Face[…]";
    }
  }

  public CardFile {
    if (version != VERSION) {
      throw new IllegalArgumentException("A card file of version " + VERSION + " is needed.");
    }
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(authentication, "authentication");
    faults = faults == null ? List.of() : List.copyOf(faults);
  }

  /**
   * Reads a card and all it names.
   *
   * @throws IOException if anything is missing or not what it should be; the file is named
   */
  public static VirtualCard read(Path file, PinCounters counters) throws IOException {
    CardFile written = written(file);
    try {
      return written.card(file.resolveSibling(""), counters);
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Reads what is written in the file itself, and nothing that it names.
   *
   * @throws IOException if it is no card; the file is named
   */
  public static CardFile written(Path file) throws IOException {
    try {
      if (Files.size(file) > LONGEST) {
        throw new IOException("it is too long");
      }
      return parse(Files.readString(file));
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(file, e);
    }
  }

  private static IOException unreadable(Path file, Exception why) {
    return new IOException("The card in " + file + " cannot be read: " + why.getMessage(), why);
  }

  /**
   * Reads the text alone.
   *
   * @throws IOException if it is no card
   */
  public static CardFile parse(String yaml) throws IOException {
    try {
      return Optional.ofNullable(YAML.readValue(yaml, CardFile.class))
          .orElseThrow(() -> new IOException("it is empty"));
    } catch (JsonProcessingException e) {
      throw new IOException(e.getOriginalMessage(), e);
    }
  }

  public String text() throws IOException {
    return HEAD + YAML.writeValueAsString(this);
  }

  /**
   * The card, with what its file names in that folder.
   *
   * @throws IOException if anything is missing or not what it should be
   */
  public VirtualCard card(Path folder, PinCounters counters) throws IOException {
    VirtualCard card = new VirtualCard(contents(folder), counters);
    return card.paced(pace == null ? CardPace.INSTANT : CardPace.named(pace))
        .disturbed(FaultScript.of(faults()));
  }

  /**
   * The same card with another portrait.
   *
   * @param portrait JPEG 2000
   * @throws IOException if anything is missing or not what it should be
   */
  public VirtualCard card(Path folder, PinCounters counters, byte[] portrait) throws IOException {
    VirtualCard card = new VirtualCard(contents(folder).carrying(portrait), counters);
    return card.paced(pace == null ? CardPace.INSTANT : CardPace.named(pace))
        .disturbed(FaultScript.of(faults()));
  }

  @Override
  public List<String> faults() {
    return faults == null ? List.of() : faults;
  }

  CardContents contents(Path folder) throws IOException {
    return new CardContents(
        name,
        word(CardForm.class, form),
        credential(folder, authentication),
        signature == null ? Optional.empty() : Optional.of(credential(folder, signature)),
        face == null ? Optional.empty() : Optional.of(printing(folder, face)),
        terminals == null
            ? Optional.empty()
            : Optional.of(Pem.certificate(folder.resolve(terminals)).getPublicKey()),
        CardContents.syntheticAtr());
  }

  private static JpkiCredential credential(Path folder, Credential from) throws IOException {
    return new JpkiCredential(
        Pem.key(folder.resolve(from.key())),
        Pem.der(folder.resolve(from.certificate())),
        Pem.der(folder.resolve(from.authority())),
        Optional.ofNullable(from.secret()));
  }

  private static CardContents.Printing printing(Path folder, Face from) throws IOException {
    return new CardContents.Printing(
        printed(from),
        Pem.keyPair(folder.resolve(required(from.presenceKey(), "presence-key"))),
        new RecordIssuer(
            Pem.keyPair(folder.resolve(required(from.issuerKey(), "issuer-key"))),
            Pem.keyPair(
                folder.resolve(required(from.issuerAuthorityKey(), "issuer-authority-key"))),
            required(from.issuer(), "issuer")));
  }

  static CardFace printed(Face from) {
    return new CardFace(
        required(from.name(), "name"),
        required(from.address(), "address"),
        day(required(from.birthDate(), "birth-date")),
        word(CardFace.Sex.class, required(from.sex(), "sex")),
        day(required(from.expires(), "expires")),
        required(from.municipality(), "municipality"),
        required(from.serial(), "serial"),
        required(from.securityCode(), "security-code"),
        required(from.number(), "number"),
        Optional.ofNullable(from.pin()),
        Portraits.numbered(from.portrait()));
  }

  private static String required(@Nullable String value, String line) {
    if (value == null) {
      throw new IllegalArgumentException("The face of a card needs the line '" + line + "'.");
    }
    return value;
  }

  private static LocalDate day(String value) {
    try {
      return LocalDate.parse(value);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'" + value + "' is no day like 1978-04-12.", e);
    }
  }

  private static <E extends Enum<E>> E word(Class<E> kind, String value) {
    return Enum.valueOf(kind, value.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  @Override
  public String toString() {
    return "card file of " + name;
  }
}
