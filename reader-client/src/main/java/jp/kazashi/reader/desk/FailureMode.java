package jp.kazashi.reader.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import jp.kazashi.consent.Sentence;
import jp.kazashi.consent.desk.FailureDesk;
import jp.kazashi.consent.desk.Seat;
import jp.kazashi.consent.desk.StaffDoor.Doing;
import jp.kazashi.consent.desk.Told;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.statement.Challenge;
import jp.kazashi.jpki.statement.ChallengeId;
import jp.kazashi.jpki.statement.InstitutionCode;
import jp.kazashi.jpki.statement.TerminalId;
import jp.kazashi.reader.link.DegradedQueue;
import jp.kazashi.reader.link.DegradedQueue.Entry;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.LocalReason;
import jp.kazashi.reader.link.LocalReasons;
import jp.kazashi.reader.link.PrivateFile;
import jp.kazashi.reader.link.Proof;
import jp.kazashi.reader.link.ReconciliationLink;
import jp.kazashi.reader.link.ReconciliationLink.Outcome;
import jp.kazashi.reader.link.Refusal;
import jp.kazashi.reader.link.WireJson;
import jp.kazashi.reader.visit.OfflineRecording;
import jp.kazashi.reader.visit.VisitId;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether the line is there, records what can be recorded while it is not, and has it judged
 * when it is back (design §10). Staff start it, only a dead line lets them, and it ends by itself.
 */
public final class FailureMode implements FailureDesk, OfflineRecording, Runnable {

  private static final int MOST_WAITING = 50;
  private static final Sentence STARTED =
      new Sentence("システム障害モードを始めました。", "The failure mode has started.");
  private static final Sentence ENDED =
      new Sentence("システム障害モードを終えました。", "The failure mode has ended.");
  private static final Sentence RECORDED = new Sentence("暗号化して記録しました。", "Encrypted and recorded.");
  private static final Sentence DISCARDED = new Sentence("記録しませんでした。", "Not recorded.");
  private static final Sentence SETTLED = new Sentence("対応済みにしました。", "Marked as dealt with.");

  private final ReconciliationLink line;
  private final Optional<DegradedQueue> queue;
  private final Optional<Path> keyFile;
  private final DegradedQueue.Owner owner;
  private final Diary diary;
  private final LocalReasons reasons;
  private final InstantSource world;
  private final Supplier<UUID> names;
  private final Pace pace;
  private final Runnable changed;
  private final BiConsumer<String, String> became;
  private final ObjectMapper json = WireJson.mapper();
  private final Semaphore news = new Semaphore(0);
  private final Map<String, Pending> waiting = new LinkedHashMap<>();
  private final Map<Long, Outcome> judged = new LinkedHashMap<>();
  private final Map<Long, String> visits = new HashMap<>();

  private boolean lineDown;
  private boolean on;
  private DegradedQueue.@Nullable Key key;

  /**
   * @param became is told which check a visit has become, if it was recorded since the start
   */
  FailureMode(
      ReconciliationLink line,
      Optional<Path> folder,
      Optional<DegradedQueue> queue,
      DegradedQueue.Owner owner,
      Diary diary,
      LocalReasons reasons,
      InstantSource world,
      Supplier<UUID> names,
      Pace pace,
      Runnable changed,
      BiConsumer<String, String> became) {
    this.line = line;
    this.queue = queue;
    this.keyFile = folder.map(path -> path.resolve("degraded.key"));
    this.owner = owner;
    this.diary = diary;
    this.reasons = reasons;
    this.world = world;
    this.names = names;
    this.pace = pace;
    this.changed = changed;
    this.became = became;
    this.key = keyFile.flatMap(this::readKey).orElse(null);
  }

  /** How often the line is looked at. */
  public record Pace(Duration whileUp, Duration whileDown) {
    public static final Pace USUAL = new Pace(Duration.ofSeconds(60), Duration.ofSeconds(3));
  }

  /** A card signed; who it is has not been typed yet. In memory only: it is not sealed yet. */
  private record Pending(Instant at, Proof proof) {}

  // ---------------------------------------------------------------- the line

  /** Looks at the line, and sends what waits for it. */
  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        look();
        Duration wait = isDown() ? pace.whileDown() : pace.whileUp();
        boolean _ = news.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
        news.drainPermits();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Something asked of the gateway had no answer: whether the line is dead is looked at now. */
  public void suspect() {
    news.release();
  }

  void look() {
    switch (line.key()) {
      case GatewayReply.Given<DegradedQueue.Key> given -> {
        keep(given.value());
        move(false);
        send();
      }
      case GatewayReply.Refused<DegradedQueue.Key> refused ->
          move(refused.refusal().isOfDeadLine());
    }
  }

  private synchronized boolean isDown() {
    return lineDown;
  }

  private void move(boolean down) {
    synchronized (this) {
      if (down == lineDown) {
        return;
      }
      lineDown = down;
      if (!down) {
        on = false;
      }
    }
    changed.run();
  }

  private void keep(DegradedQueue.Key fresh) {
    synchronized (this) {
      if (fresh.equals(key)) {
        return;
      }
      key = fresh;
    }
    keyFile.ifPresent(file -> {
      try {
        ObjectNode text = json.createObjectNode();
        text.put("keyId", fresh.id());
        text.put("publicKey", Base64.getEncoder().encodeToString(fresh.publicKey().toArray()));
        PrivateFile.replace(file, text.toString());
      } catch (IOException unwritable) {
        // Known until this program ends; asked for again at the next start.
      }
    });
  }

  private Optional<DegradedQueue.Key> readKey(Path file) {
    try {
      JsonNode text = json.readTree(Files.readString(file));
      return Optional.of(
          new DegradedQueue.Key(
              text.path("keyId").asText(),
              Octets.of(Base64.getDecoder().decode(text.path("publicKey").asText()))));
    } catch (IOException | IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  // ---------------------------------------------------------------- what is recorded

  @Override
  public synchronized Optional<Challenge> challenge() {
    return on
        ? Optional.of(
            new Challenge(
                new ChallengeId(names.get()),
                world.instant(),
                new InstitutionCode(owner.institution()),
                new TerminalId(owner.terminal())))
        : Optional.empty();
  }

  @Override
  public void keep(VisitId visit, Proof proof) {
    synchronized (this) {
      if (waiting.size() >= MOST_WAITING) {
        waiting.remove(waiting.keySet().iterator().next());
      }
      waiting.put(visit.toString(), new Pending(world.instant(), proof));
    }
    changed.run();
  }

  @Override
  public Told<Sentence> start(Seat seat) {
    synchronized (this) {
      if (!lineDown) {
        return Telling.no(reasons, LocalReason.LINE_IS_UP);
      }
      if (queue.isEmpty() || key == null) {
        return Telling.no(reasons, LocalReason.DEGRADED_NOT_READY);
      }
      on = true;
    }
    diary.note(seat.login(), Doing.FAILURE_STARTED, "", "");
    changed.run();
    return new Told.Yes<>(STARTED);
  }

  @Override
  public Told<Sentence> end(Seat seat) {
    synchronized (this) {
      on = false;
    }
    diary.note(seat.login(), Doing.FAILURE_ENDED, "", "");
    changed.run();
    return new Told.Yes<>(ENDED);
  }

  @Override
  public Told<Sentence> record(Seat seat, String visit, Typed typed) {
    Pending pending;
    DegradedQueue.Key to;
    synchronized (this) {
      pending = waiting.get(visit);
      to = key;
    }
    if (pending == null) {
      return Telling.no(reasons, LocalReason.NOTHING_WAITS);
    }
    if (to == null || queue.isEmpty()) {
      return Telling.no(reasons, LocalReason.DEGRADED_NOT_READY);
    }
    return switch (queue.get().keep(to, plain(pending.proof(), typed))) {
      case DegradedQueue.Kept.Recorded kept -> {
        synchronized (this) {
          visits.put(kept.id(), visit);
        }
        forget(visit);
        diary.note(seat.login(), Doing.RECORDED, String.valueOf(kept.id()), "");
        suspect();
        yield new Told.Yes<>(RECORDED);
      }
      case DegradedQueue.Kept.Full full -> Telling.no(reasons, LocalReason.DEGRADED_FULL);
      case DegradedQueue.Kept.NotWritten not -> Telling.no(reasons, LocalReason.DEGRADED_NOT_READY);
    };
  }

  @Override
  public Told<Sentence> discard(Seat seat, String visit) {
    forget(visit);
    return new Told.Yes<>(DISCARDED);
  }

  private void forget(String visit) {
    synchronized (this) {
      waiting.remove(visit);
    }
    changed.run();
  }

  private byte[] plain(Proof proof, Typed typed) {
    Base64.Encoder base64 = Base64.getEncoder();
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("nonce", proof.challenge().challenge().id().value());
    record.put("madeAt", proof.challenge().challenge().issuedAt());
    record.put("method", proof.method());
    record.put("confirmedAt", proof.confirmedAt());
    record.put("certificate", base64.encodeToString(proof.certificate().der().toArray()));
    record.put("signature", base64.encodeToString(proof.signature().toArray()));
    proof.calibration().ifPresent(by -> record.put("faceCalibration", by.id()));
    record.put("name", typed.name());
    record.put("birthDate", typed.birthDate());
    record.put("sex", typed.sex());
    record.put("address", typed.address());
    try {
      return json.writeValueAsBytes(record);
    } catch (JsonProcessingException ourOwnMap) {
      throw new IllegalStateException(ourOwnMap);
    }
  }

  // ---------------------------------------------------------------- what became of it

  /** Oldest first, one at a time; what cannot be judged now waits for the next look. */
  private void send() {
    for (Entry entry : queue.map(DegradedQueue::entries).orElse(List.of())) {
      if (!isJudged(entry.id()) && !send(entry, false)) {
        return;
      }
    }
  }

  private synchronized boolean isJudged(long id) {
    return judged.containsKey(id);
  }

  /** False if the rest has to wait. */
  private boolean send(Entry entry, boolean afterGap) {
    return switch (line.send(entry, afterGap)) {
      case GatewayReply.Given<Outcome> given -> {
        take(entry, given.value());
        yield true;
      }
      case GatewayReply.Refused<Outcome> refused -> refused(entry, afterGap, refused.refusal());
    };
  }

  private boolean refused(Entry entry, boolean afterGap, Refusal refusal) {
    if (refusal.reason().value().equals("DEGRADED_CHAIN_GAP") && !afterGap) {
      // Nothing before it is left here: it is lost, and is said to be.
      return send(entry, true);
    }
    if (refusal.isOfDeadLine()) {
      move(true);
    }
    return false;
  }

  /** Who is covered needs nothing more; who is not stays on the list until staff have seen it. */
  private void take(Entry entry, Outcome outcome) {
    String visit;
    synchronized (this) {
      visit = visits.remove(entry.id());
    }
    if (visit != null) {
      outcome.check().ifPresent(check -> became.accept(visit, check));
    }
    if (outcome.covered()) {
      forgetRecord(entry.id());
    } else {
      synchronized (this) {
        judged.put(entry.id(), outcome);
      }
    }
    changed.run();
  }

  private void forgetRecord(long id) {
    try {
      if (queue.isPresent()) {
        queue.get().settle(id);
      }
    } catch (IOException unwritable) {
      // The gateway tells the same again when it is asked again.
    }
  }

  @Override
  public Told<Sentence> settle(Seat seat, long number) {
    boolean known;
    synchronized (this) {
      known = judged.remove(number) != null;
    }
    if (!known) {
      return Telling.no(reasons, LocalReason.NOTHING_WAITS);
    }
    forgetRecord(number);
    diary.note(seat.login(), Doing.SETTLED, String.valueOf(number), "");
    changed.run();
    return new Told.Yes<>(SETTLED);
  }

  @Override
  public synchronized Standing standing() {
    List<Waiting> cards = new ArrayList<>();
    waiting.forEach(
        (visit, pending) -> cards.add(new Waiting(visit, pending.at(), owner.terminal())));
    List<Judged> outcomes = new ArrayList<>();
    judged.forEach((id, outcome) ->
        outcomes.add(
            new Judged(
                id,
                outcome.covered(),
                outcome.name(),
                outcome.birthDate(),
                outcome.reason(),
                outcome.nextStep())));
    List<Entry> unsent =
        queue.map(DegradedQueue::entries).orElse(List.of()).stream()
            .filter(entry -> !judged.containsKey(entry.id()))
            .toList();
    return new Standing(
        lineDown,
        on,
        queue.isPresent() && key != null
            ? Optional.empty()
            : Optional.of(reasons.refusal(LocalReason.DEGRADED_NOT_READY).nextStep()),
        cards,
        unsent.size(),
        unsent.stream().map(Entry::at).findFirst(),
        outcomes);
  }
}
