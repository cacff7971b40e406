package jp.kazashi.reader.link;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import jp.kazashi.consent.Sentence;

/**
 * The catalogue of what the terminal says for each of its reasons; complete or it does not load.
 */
public final class LocalReasons {

  private final Map<LocalReason, Saying> sayings;

  private LocalReasons(Map<LocalReason, Saying> sayings) {
    this.sayings = sayings;
  }

  public static LocalReasons load() {
    try (InputStream catalogue = LocalReasons.class.getResourceAsStream("reasons.json")) {
      if (catalogue == null) {
        throw new IllegalStateException("The catalogue of reasons is missing");
      }
      return read(catalogue);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static LocalReasons read(InputStream catalogue) throws IOException {
    EnumMap<LocalReason, Saying> sayings =
        JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build()
            .readValue(catalogue, new TypeReference<>() {});
    for (LocalReason reason : LocalReason.values()) {
      if (!sayings.containsKey(reason)) {
        throw new IllegalStateException("The catalogue does not say anything for " + reason);
      }
    }
    return new LocalReasons(sayings);
  }

  public Refusal refusal(LocalReason reason) {
    Saying saying = sayingOf(reason);
    return new Refusal(reason.id(), saying.patient(), saying.nextStep());
  }

  /** A wrong PIN, with the tries that are left. */
  public Refusal wrongPin(int triesLeft) {
    Saying saying = sayingOf(LocalReason.WRONG_PIN);
    return new Refusal(
        LocalReason.WRONG_PIN.id(),
        withTries(saying.patient(), triesLeft),
        withTries(saying.nextStep(), triesLeft));
  }

  private Saying sayingOf(LocalReason reason) {
    return Optional.ofNullable(sayings.get(reason)).orElseThrow();
  }

  private static Sentence withTries(Sentence sentence, int tries) {
    String number = String.valueOf(tries);
    return new Sentence(
        sentence.ja().replace("{tries}", number), sentence.en().replace("{tries}", number));
  }

  private record Saying(Sentence patient, Sentence nextStep) {}
}
