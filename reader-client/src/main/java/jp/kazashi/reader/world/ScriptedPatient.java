package jp.kazashi.reader.world;

import java.util.Set;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.ScreenView.Working.Step;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.reader.myna.PinEntry;
import jp.kazashi.reader.visit.Patient;
import jp.kazashi.reader.visit.Visit;

/** A patient of the simulated world who says what was written down, and tries a PIN once. */
final class ScriptedPatient implements Patient {

  private final VerificationMethod method;
  private final byte[] pin;
  private final boolean registers;
  private final Wish wish;

  /** Takes the PIN over and wipes it when it is used. */
  ScriptedPatient(VerificationMethod method, byte[] pin, boolean registers, Wish wish) {
    this.method = method;
    this.pin = pin;
    this.registers = registers;
    this.wish = wish;
  }

  /** What the patient lets the institution see, of what is offered. */
  sealed interface Wish {
    record All() implements Wish {}

    record Only(Set<MedicalCategory> categories) implements Wish {
      public Only {
        categories = Set.copyOf(categories);
      }
    }
  }

  @Override
  public void waitsFor(Step step) {}

  @Override
  public Reply<VerificationMethod> chooses(MethodQuestion question) {
    return new Reply.Said<>(method);
  }

  @Override
  public Reply<PinEntry> entersPin(PinQuestion question) {
    return new Reply.Said<>(PinEntry.taking(pin));
  }

  @Override
  public boolean mayRetryPin() {
    return false;
  }

  @Override
  public Reply<Boolean> registers() {
    return new Reply.Said<>(registers);
  }

  @Override
  public Reply<Set<MedicalCategory>> consents(Set<MedicalCategory> offered) {
    return new Reply.Said<>(
        switch (wish) {
          case Wish.All all -> offered;
          case Wish.Only only -> only.categories();
        });
  }

  @Override
  public void hears(Visit.End end) {}
}
