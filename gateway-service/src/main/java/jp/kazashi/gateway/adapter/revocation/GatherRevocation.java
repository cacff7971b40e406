package jp.kazashi.gateway.adapter.revocation;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import jp.kazashi.gateway.adapter.revocation.OcspMemory.Remembered;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.revocation.AnswerLife;
import jp.kazashi.jpki.revocation.FetchRevocation;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;
import jp.kazashi.jpki.revocation.RevocationEvidence.Trouble;
import jp.kazashi.jpki.revocation.RevocationEvidence.Unanswered;
import jp.kazashi.jpki.revocation.RevocationPlan;
import jp.kazashi.jpki.revocation.RevocationPlan.Kind;
import jp.kazashi.jpki.revocation.RevocationPlan.Source;
import jp.kazashi.jpki.revocation.RevocationReason;
import jp.kazashi.jpki.revocation.RevocationStatus;
import jp.kazashi.jpki.revocation.RevocationStatus.Good;
import jp.kazashi.jpki.revocation.RevocationStatus.Revoked;
import jp.kazashi.jpki.revocation.RevocationStatus.Unavailable;
import jp.kazashi.jpki.revocation.RevocationStatus.UnknownToIssuer;

/**
 * Gathers what is known of one certificate's revocation: a warm list that already says revoked, an
 * answer of a moment ago, the responders in their order, and at last the warm lists. Judges nothing
 * itself: whether a piece decides is asked of whoever can tell.
 */
public final class GatherRevocation implements FetchRevocation {
  private final Function<Octets, RevocationPlan> plans;
  private final Pace pace;
  private final OcspMemory memory;
  private final AskResponder exchange;
  private final Responders responders;
  private final CrlShelf shelf;
  private final KeptLists lists;
  private final RevocationWatch watch;
  private final RevocationMeters meters;
  private final InstantSource clock;
  private final Later later;

  /**
   * How long is waited for what.
   *
   * @param budget for all of one gathering
   * @param hedge until the next responder is asked beside one that has not answered
   * @param memory how long an answer may be used again
   */
  public record Pace(Duration budget, Duration hedge, Duration memory) {}

  /**
   * Made of its parts.
   *
   * @param plans whom to ask about the certificates of an authority, by the SHA-256 of its key
   */
  public GatherRevocation(
      Function<Octets, RevocationPlan> plans,
      Pace pace,
      OcspMemory memory,
      AskResponder exchange,
      Responders responders,
      CrlShelf shelf,
      KeptLists lists,
      RevocationWatch watch,
      RevocationMeters meters,
      InstantSource clock,
      Later later) {
    this.plans = plans;
    this.pace = pace;
    this.memory = memory;
    this.exchange = exchange;
    this.responders = responders;
    this.shelf = shelf;
    this.lists = lists;
    this.watch = watch;
    this.meters = meters;
    this.clock = clock;
    this.later = later;
  }

  @Override
  public CompletionStage<List<RevocationEvidence>> about(CertId certificate, SoFar soFar) {
    Context here = Vertx.currentContext();
    Uni<List<RevocationEvidence>> gathered = gather(certificate, soFar);
    // A responder's answer comes on its own connection's event loop; the check goes on on its own.
    return (here == null ? gathered : gathered.emitOn(go -> here.runOnContext(on -> go.run())))
        .subscribeAsCompletionStage();
  }

  private Uni<List<RevocationEvidence>> gather(CertId certificate, SoFar soFar) {
    Instant at = clock.instant();
    List<RevocationEvidence> warm = List.copyOf(shelf.about(certificate));
    if (!warm.isEmpty() && isForEver(soFar.judged(warm))) {
      meters.gathered("crl");
      return lists.citing(warm, at);
    }
    RevocationPlan plan = plans.apply(certificate.issuerKeyHash());
    return memory
        .recall(certificate, at)
        .map(known -> known.flatMap(each -> standing(each.answer(), plan, soFar)))
        .chain(known ->
            known.isPresent()
                ? Uni.createFrom().item(List.of(known.get()))
                : ask(new Question(certificate, plan, soFar, at), warm));
  }

  /** A hold may have been lifted since; every other reason is for ever. */
  private static boolean isForEver(RevocationStatus status) {
    return status instanceof Revoked(var reason, var since)
        && reason != RevocationReason.CERTIFICATE_HOLD;
  }

  /** A remembered answer, where it still decides: it is judged like a fresh one. */
  private Optional<RevocationEvidence> standing(
      OcspAnswer answer, RevocationPlan plan, SoFar soFar) {
    boolean ours =
        plan.sources().stream().anyMatch(source -> source.address().equals(answer.source()));
    if (!ours || !decides(soFar.judged(List.of(answer)))) {
      meters.outlived();
      return Optional.empty();
    }
    meters.gathered("memory");
    return Optional.of(answer);
  }

  private record Question(CertId certificate, RevocationPlan plan, SoFar soFar, Instant at) {}

  private Uni<List<RevocationEvidence>> ask(Question question, List<RevocationEvidence> warm) {
    return Uni.createFrom()
        .completionStage(() -> new Round(question).begin())
        .chain(said -> {
          RevocationStatus status = question.soFar().judged(said);
          if (decides(status)) {
            meters.gathered("ocsp");
            watch.answered(question.certificate(), question.at());
            remember(question, said, status);
            return Uni.createFrom().item(said);
          }
          return fallBack(question, said, warm);
        });
  }

  /** The lists that were there before anybody was asked. */
  private Uni<List<RevocationEvidence>> fallBack(
      Question question, List<RevocationEvidence> said, List<RevocationEvidence> warm) {
    List<RevocationEvidence> all = new ArrayList<>(said);
    all.addAll(warm);
    if (decides(question.soFar().judged(all))) {
      meters.gathered("crl");
      watch.decided(question.certificate());
    } else {
      meters.gathered("nothing");
      watch.missed(question.certificate(), question.at());
    }
    return lists.citing(all, question.at());
  }

  /** Nobody waits for it. */
  private void remember(Question question, List<RevocationEvidence> said, RevocationStatus status) {
    switch (status) {
      case Good _, Revoked _ ->
          said.stream()
              .filter(piece -> piece instanceof OcspAnswer)
              .map(OcspAnswer.class::cast)
              .filter(answer -> decides(question.soFar().judged(List.of(answer))))
              .findFirst()
              .ifPresent(answer ->
                  memory
                      .remember(question.certificate(), new Remembered(answer, until(answer)))
                      .subscribe()
                      .with(kept -> {}));
      // Who was never heard of may be issued in a moment.
      case UnknownToIssuer _, Unavailable _ -> {}
    }
  }

  private Instant until(OcspAnswer answer) {
    Instant aged = answer.fetchedAt().plus(pace.memory());
    return AnswerLife.nextUpdate(answer).filter(next -> next.isBefore(aged)).orElse(aged);
  }

  private static boolean decides(RevocationStatus status) {
    return switch (status) {
      case Good _, Revoked _, UnknownToIssuer _ -> true;
      case Unavailable _ -> false;
    };
  }

  /** One walk through the responders. */
  private final class Round {
    private final Question question;
    private final CompletableFuture<List<RevocationEvidence>> heard = new CompletableFuture<>();
    // In the order of asking; who is asked has said nothing until an answer takes the place.
    private final Map<URI, RevocationEvidence> said = new LinkedHashMap<>();
    private final Set<URI> waitedFor = new HashSet<>();
    private final Set<URI> followed = new HashSet<>();
    private boolean over;

    Round(Question question) {
      this.question = question;
    }

    CompletionStage<List<RevocationEvidence>> begin() {
      Later.Forget budget = later.in(pace.budget(), () -> step(this::end));
      step(this::turnToNext);
      return heard.whenComplete((all, never) -> budget.now());
    }

    /** One step at a time; what follows on the last one happens outside. */
    private void step(Runnable work) {
      boolean ended;
      List<RevocationEvidence> all;
      synchronized (this) {
        work.run();
        ended = over;
        all = pieces();
      }
      if (ended) {
        heard.complete(all);
      }
    }

    private void turnToNext() {
      while (!over) {
        Optional<Source> next = question.plan().next(pieces(), status());
        if (next.isEmpty() || next.get().kind() == Kind.CRL) {
          over = waitedFor.isEmpty();
          return;
        }
        URI responder = next.get().address();
        if (responders.mayAsk(responder)) {
          ask(responder);
          return;
        }
        meters.leftOut(responder);
        said.put(responder, new Unanswered(responder, question.at(), Trouble.NOT_ASKED));
      }
    }

    private void ask(URI responder) {
      said.put(responder, new Unanswered(responder, question.at(), Trouble.TIMED_OUT));
      waitedFor.add(responder);
      Later.Forget hedge = later.in(pace.hedge(), () -> step(() -> hedge(responder)));
      exchange
          .ask(responder, question.certificate(), question.at())
          .subscribe()
          .with(evidence -> {
            hedge.now();
            step(() -> heard(responder, evidence));
          });
    }

    private void hedge(URI responder) {
      if (!over && waitedFor.contains(responder) && followed.add(responder)) {
        meters.hedged(responder);
        turnToNext();
      }
    }

    private void heard(URI responder, RevocationEvidence evidence) {
      waitedFor.remove(responder);
      if (over) {
        return;
      }
      said.put(responder, evidence);
      if (decides(status())) {
        end();
        return;
      }
      unusable(evidence);
      if (followed.add(responder) || waitedFor.isEmpty()) {
        turnToNext();
      }
    }

    private void unusable(RevocationEvidence evidence) {
      if (evidence instanceof OcspAnswer
          && question.soFar().judged(List.of(evidence)) instanceof Unavailable(var cause)) {
        meters.unusable(evidence.source(), cause);
      }
    }

    private RevocationStatus status() {
      return question.soFar().judged(pieces());
    }

    private List<RevocationEvidence> pieces() {
      return List.copyOf(said.values());
    }

    private void end() {
      over = true;
    }
  }
}
