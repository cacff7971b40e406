package jp.kazashi.reader.visit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.reader.card.CardPort;
import jp.kazashi.reader.card.pcsc.ImpatientReaders;
import jp.kazashi.reader.link.Answers;
import jp.kazashi.reader.link.LocalReasons;
import jp.kazashi.reader.myna.FaceNumber;
import jp.kazashi.reader.myna.TestCards;
import jp.kazashi.reader.visit.VisitFlow.Equipment;
import jp.kazashi.reader.world.ScriptedFace;
import jp.kazashi.simulator.card.CardForm;
import jp.kazashi.simulator.card.FaultScript;
import jp.kazashi.simulator.card.PinCounters;
import jp.kazashi.simulator.card.PinReference;
import jp.kazashi.simulator.card.VirtualCard;
import jp.kazashi.simulator.terminal.VirtualReader;
import jp.kazashi.simulator.terminal.VirtualReaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every fault at every command of a visit. However a card behaves, the visit ends in words for the
 * patient, what was typed is wiped, no more than one try of the PIN is spent, and the reader serves
 * the next patient.
 */
@Timeout(120)
class HostileCardTest {

  /** More than a visit has; beyond its last command a fault changes nothing. */
  private static final int COMMANDS = 28;

  /** The portrait is read in many pieces. */
  private static final int COMMANDS_BY_FACE = 60;

  private static final Duration PATIENCE = Duration.ofMillis(250);
  private static final PinReference PIN = PinReference.authentication("hanako");

  private static final PinReference PIN_OF_PHONE = PinReference.authentication("android");
  private static final Means MEANS =
      new Means(
          TestCards.terminal("READER"),
          Optional.of(
              new FaceCheck(
                  () ->
                      Optional.of(
                          FaceNumber.taking(
                              TestCards.FACE
                                  .verificationNumberB()
                                  .getBytes(StandardCharsets.US_ASCII))),
                  TestCards.issuers(),
                  (portrait, isCardThere) -> ScriptedFace.MATCH)),
          Optional.empty());

  private final PinCounters counters = PinCounters.inMemory();
  private final VirtualCard whole =
      TestCards.everything("whole", CardForm.MY_NUMBER_CARD, counters);
  private final VirtualCard android =
      TestCards.everything("android", CardForm.ANDROID_PHONE, counters);
  private final VirtualCard iphone = TestCards.everything("iphone", CardForm.IPHONE, counters);
  private final VirtualCard hanako = TestCards.card("hanako", counters);
  private final VirtualReaders virtual = new VirtualReaders();
  private final VirtualReader kiosk = virtual.reader("Kiosk").orElseThrow();
  private final CardPort port = ImpatientReaders.of(virtual, PATIENCE).reader("Kiosk");
  private final LocalReasons reasons = LocalReasons.load();
  private final AtomicLong ticks = new AtomicLong();

  @AfterEach
  void close() {
    virtual.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "short 0",
        "short 1",
        "long 3",
        "lie 00",
        "lie 3082FFFF",
        "lie 3080",
        "answer 6F00",
        "answer 6982",
        "answer 6A82",
        "answer 6700",
        "answer 9000",
        "tries 0",
        "tries 9",
        "raw",
        "raw 90",
        "raw 61FF",
        "remove",
        "remove-late",
        "reset",
        "mute"
      })
  void faultAtAnyCommandEndsInWordsAndTheNextPatientIsServed(String fault) {
    for (int command = 1; command <= COMMANDS; command++) {
      String script = "any#%d %s".formatted(command, fault);
      endsWell(script, "1234");
      assertThat(endOf(hanako, "1234")).as("after " + script).isInstanceOf(Visit.Consented.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "short 1",
        "long 3",
        "lie FFFFFFFF",
        "answer 6F00",
        "answer 9000",
        "raw 90",
        "remove",
        "remove-late",
        "reset"
      })
  void faultAtAnyCommandOfAVisitByFaceOrPhoneEndsInWordsToo(String fault) {
    for (int command = 1; command <= COMMANDS_BY_FACE; command++) {
      String script = "any#%d %s".formatted(command, fault);
      endsWell(whole, script, "1234");
      if (command <= COMMANDS) {
        endsWell(android, script, "1234");
        endsWell(iphone, script, "1234");
      }
    }
    assertThat(endOf(whole, "1234")).isInstanceOf(Visit.Consented.class);
    assertThat(endOf(android, "1234")).isInstanceOf(Visit.Consented.class);
    assertThat(endOf(iphone, "1234")).isInstanceOf(Visit.Consented.class);
  }

  /** Were a visit to become longer, its last commands would be left out above. */
  @Test
  void afterTheLastOfTheseCommandsAFaultChangesNothing() {
    String after = "any#%d answer 6F00";
    FaultScript script = FaultScript.of(after.formatted(COMMANDS + 1));
    FaultScript byFace = FaultScript.of(after.formatted(COMMANDS_BY_FACE + 1));
    for (VirtualCard card : List.of(hanako, android, iphone)) {
      assertThat(endOf(card.disturbed(script), "1234")).isInstanceOf(Visit.Consented.class);
    }
    assertThat(endOf(whole.disturbed(byFace), "1234")).isInstanceOf(Visit.Consented.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"answer 9000", "answer 6F00", "tries 3", "raw", "remove-late", "reset", "mute"})
  void wrongPinIsNeverTriedTwiceWhateverTheCardAnswers(String fault) {
    for (int command = 1; command <= COMMANDS; command++) {
      counters.set(PIN, 3);
      endsWell("any#%d %s".formatted(command, fault), "9999");
      assertThat(counters.left(PIN)).as(fault).isGreaterThanOrEqualTo(2);
      counters.set(PIN_OF_PHONE, 3);
      endsWell(android, "any#%d %s".formatted(command, fault), "9999");
      assertThat(counters.left(PIN_OF_PHONE)).as(fault).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void cardThatLiesAlwaysEndsInWordsToo() {
    for (String fault : new String[] {"short 0", "raw", "answer 9000", "lie FFFFFFFF", "long 1"}) {
      endsWell("any " + fault, "1234");
    }
  }

  /** Whatever it is that the visit ends with. */
  private void endsWell(String script, String pin) {
    endsWell(hanako, script, pin);
  }

  private void endsWell(VirtualCard card, String script, String pin) {
    FakePatient patient = new FakePatient();
    Visit.End end = endOf(card.disturbed(FaultScript.of(script)), pin, patient);
    assertThat(patient.heard).as(script).containsExactly(end);
    assertThat(patient.entries)
        .as(script)
        .allSatisfy(e -> assertThat(e).hasToString("PIN (wiped)"));
    assertThat(patient.entries).as(script).hasSizeLessThanOrEqualTo(1);
    if (end instanceof Visit.Refused refused) {
      assertThat(refused.refusal().patient().ja()).as(script).isNotBlank();
      assertThat(refused.refusal().patient().en()).as(script).isNotBlank();
      assertThat(refused.refusal().nextStep().ja()).as(script).isNotBlank();
    }
  }

  private Visit.End endOf(VirtualCard card, String pin) {
    return endOf(card, pin, new FakePatient());
  }

  private Visit.End endOf(VirtualCard card, String pin, FakePatient patient) {
    patient.pins.clear();
    patient.pins.add(pin);
    if (card.name().equals("whole")) {
      patient.method = new Patient.Reply.Said<>(VerificationMethod.FACE);
    }
    kiosk.insert(card);
    assertThat(port.awaitInsertion(Duration.ofSeconds(10))).isTrue();
    try {
      return new VisitFlow(
              new Equipment(
                  new FakeGateway(),
                  reasons,
                  visit -> {},
                  MEANS,
                  () -> Answers.NOW,
                  ticks::get,
                  UUID::randomUUID),
              port,
              patient)
          .walk(new VisitId(new UUID(0, 1)))
          .end();
    } finally {
      kiosk.remove();
    }
  }
}
