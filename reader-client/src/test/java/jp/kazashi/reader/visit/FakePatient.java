package jp.kazashi.reader.visit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.ScreenView.Working.Step;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.reader.myna.PinEntry;

/** A patient who says what the test wants and remembers what was asked. */
final class FakePatient implements Patient {

  final List<PinQuestion> pinQuestions = new ArrayList<>();
  final List<Set<MedicalCategory>> consentQuestions = new ArrayList<>();
  final List<MethodQuestion> methodQuestions = new ArrayList<>();
  final List<PinEntry> entries = new ArrayList<>();
  final List<Visit.End> heard = new ArrayList<>();
  final Deque<String> pins = new ArrayDeque<>(List.of("1234"));
  boolean retries;
  Reply<Boolean> registration = new Reply.Said<>(false);
  Reply<VerificationMethod> method = new Reply.Said<>(VerificationMethod.PIN);

  /** Said first, one after the other. */
  final Deque<Reply<VerificationMethod>> methods = new ArrayDeque<>();

  Supplier<Reply<PinEntry>> pin = this::nextPin;
  Supplier<Reply<Set<MedicalCategory>>> consent =
      () -> new Reply.Said<>(EnumSet.allOf(MedicalCategory.class));

  @Override
  public void waitsFor(Step step) {}

  @Override
  public Reply<VerificationMethod> chooses(MethodQuestion question) {
    methodQuestions.add(question);
    return methods.isEmpty() ? method : methods.remove();
  }

  @Override
  public Reply<PinEntry> entersPin(PinQuestion question) {
    pinQuestions.add(question);
    return pin.get();
  }

  @Override
  public boolean mayRetryPin() {
    return retries;
  }

  @Override
  public Reply<Boolean> registers() {
    return registration;
  }

  @Override
  public Reply<Set<MedicalCategory>> consents(Set<MedicalCategory> offered) {
    consentQuestions.add(offered);
    return consent.get();
  }

  @Override
  public void hears(Visit.End end) {
    heard.add(end);
  }

  private Reply<PinEntry> nextPin() {
    PinEntry entry = PinEntry.taking(pins.remove().getBytes(StandardCharsets.US_ASCII));
    entries.add(entry);
    return new Reply.Said<>(entry);
  }
}
