package jp.kazashi.reader.myna;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import jp.kazashi.reader.card.CardSession;
import jp.kazashi.reader.card.CardStep;
import jp.kazashi.reader.card.StepResult;

/** Keeps the steps it passes on, and lets something happen before the one that is named. */
final class WatchedSession implements CardSession {

  private final CardSession session;
  private final List<CardStep> steps = new ArrayList<>();
  private String disturbed = "";
  private Runnable disturbance = () -> {};

  WatchedSession(CardSession session) {
    this.session = session;
  }

  void before(String step, Runnable happens) {
    disturbed = step;
    disturbance = happens;
  }

  List<CardStep> steps(String name) {
    return steps.stream().filter(step -> step.name().equals(name)).toList();
  }

  @Override
  public StepResult transmit(CardStep step) {
    steps.add(step);
    if (step.name().equals(disturbed)) {
      disturbed = "";
      disturbance.run();
    }
    return session.transmit(step);
  }

  @Override
  public <R> R exclusively(Supplier<R> section) {
    return session.exclusively(section);
  }

  @Override
  public void close() {
    session.close();
  }
}
