package jp.kazashi.jpki.bundle;

import static jp.kazashi.jpki.bundle.JudgeReport.Result.FAILS;
import static jp.kazashi.jpki.bundle.JudgeReport.Result.HOLDS;
import static jp.kazashi.jpki.bundle.JudgeReport.Result.NOT_REACHED;
import static jp.kazashi.jpki.bundle.JudgeReport.Result.OPEN;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.kazashi.jpki.Checked;
import jp.kazashi.jpki.Checked.Failed;
import jp.kazashi.jpki.Checked.Held;
import jp.kazashi.jpki.RejectionReason;
import jp.kazashi.jpki.bundle.Value.Fields;
import jp.kazashi.jpki.bundle.Value.Items;
import jp.kazashi.jpki.certificate.Authority;
import jp.kazashi.jpki.certificate.CardCertificate;
import jp.kazashi.jpki.certificate.HashAlgorithm;
import jp.kazashi.jpki.certificate.Link;
import jp.kazashi.jpki.certificate.PathCheck;
import jp.kazashi.jpki.certificate.ProfileCheck;
import jp.kazashi.jpki.certificate.ProfiledCertificate;
import jp.kazashi.jpki.holder.CertificatePhase;
import jp.kazashi.jpki.revocation.RevocationEvidence.CrlSnapshot;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;
import jp.kazashi.jpki.revocation.RevocationEvidence.Unanswered;
import jp.kazashi.jpki.revocation.RevocationJudge;
import jp.kazashi.jpki.revocation.RevocationStatus;
import jp.kazashi.jpki.statement.ChallengeStatement;
import jp.kazashi.jpki.verdict.JudgePolicy;

/**
 * Why a bundle is judged as it is, step by step. The steps are the same pure checks the verdict is
 * made of, taken one at a time.
 *
 * @param evidence the digest that names the bundle's evidence
 * @param verdict what the bundle is judged now
 * @param recorded what was judged then
 */
public record JudgeReport(
    String evidence,
    String at,
    RecordedVerdict verdict,
    Optional<RecordedVerdict> recorded,
    List<Step> steps) {
  public JudgeReport {
    steps = List.copyOf(steps);
  }

  public enum Result {
    HOLDS,
    FAILS,
    /** Neither shown nor refuted. */
    OPEN,
    NOT_REACHED
  }

  /** One step and what came of it. */
  public record Step(String name, Result result, String detail) {}

  public static JudgeReport of(EvidenceBundle bundle) {
    return new JudgeReport(
        bundle.digest().hex(),
        bundle.at().toString(),
        RecordedVerdict.of(bundle.judge()),
        bundle.recorded(),
        steps(bundle));
  }

  /** Whether the verdict of then is the verdict of now. */
  public boolean agrees() {
    return recorded.map(verdict::equals).orElse(true);
  }

  private static List<Step> steps(EvidenceBundle bundle) {
    List<Step> steps = new ArrayList<>();
    Checked<ProfiledCertificate> profiled =
        ProfileCheck.check(bundle.proof().certificate(), bundle.policy().profiles());
    steps.add(
        switch (profiled) {
          case Held<ProfiledCertificate>(var held) ->
              new Step("size, form and profile", HOLDS, held.profile().name());
          case Failed<ProfiledCertificate>(RejectionReason reason) ->
              new Step("size, form and profile", FAILS, reason.id());
        });
    Checked<CardCertificate> card =
        profiled.then(held -> PathCheck.check(held, bundle.policy().anchors(), shownAt(bundle)));
    switch (card) {
      case Held<CardCertificate>(CardCertificate held) -> {
        steps.add(new Step("path", HOLDS, path(held)));
        steps.add(phase(bundle, held));
        held.authorities().forEach(link -> revocation(steps, bundle, link, "authority"));
        revocation(steps, bundle, held.link(), "certificate");
        steps.add(signature(bundle, held));
      }
      case Failed<CardCertificate>(RejectionReason reason) -> {
        boolean known = steps.getFirst().result() == HOLDS;
        steps.add(new Step("path", known ? FAILS : NOT_REACHED, known ? reason.id() : ""));
        for (String name : List.of("phase", "revocation of the certificate", "signature")) {
          steps.add(new Step(name, NOT_REACHED, ""));
        }
      }
    }
    return steps;
  }

  private static Instant shownAt(EvidenceBundle bundle) {
    return bundle.statement().shownAt(bundle.at());
  }

  private static String path(CardCertificate card) {
    Authority anchor = card.link().anchor();
    String tiers = card.authorities().isEmpty() ? "" : ", " + card.authorities().size() + " below";
    return "anchor SHA-256 "
        + HashAlgorithm.SHA256.hash(anchor.certificate().der().toArray()).hex().substring(0, 16)
        + "… ("
        + anchor.name()
        + ")"
        + tiers;
  }

  private static Step phase(EvidenceBundle bundle, CardCertificate card) {
    JudgePolicy policy = bundle.policy();
    CertificatePhase phase = policy.expiry(card.carrier()).phase(card.ends(), shownAt(bundle));
    return new Step(
        "phase",
        phase == CertificatePhase.ENDED ? FAILS : HOLDS,
        phase + ", certificate ends " + card.ends());
  }

  private static void revocation(List<Step> steps, EvidenceBundle bundle, Link link, String whose) {
    RevocationJudge judge = bundle.policy().revocation();
    String name = "revocation of the " + whose;
    List<RevocationJudge.Finding> findings = judge.findings(bundle.evidence(), link, bundle.at());
    for (RevocationJudge.Finding finding : findings) {
      String detail = words(finding.status()) + gathered(bundle, finding.source());
      steps.add(new Step(name + ", " + finding.source(), result(finding.status()), detail));
    }
    RevocationStatus status = RevocationJudge.weigh(findings);
    steps.add(new Step(name, result(status), words(status)));
  }

  private static Step signature(EvidenceBundle bundle, CardCertificate card) {
    boolean signed = card.signed(bundle.statement().bytes(), bundle.proof().signature());
    return new Step(
        "signature",
        signed ? HOLDS : FAILS,
        (signed ? "over " : RejectionReason.SIGNATURE_INVALID.id() + ", not over ")
            + words(bundle.statement()));
  }

  private static String words(ChallengeStatement statement) {
    return "%s at %s, terminal %s of institution %s, challenge %s"
        .formatted(
            statement.method(),
            statement.confirmedAt(),
            statement.challenge().terminal(),
            statement.challenge().institution(),
            statement.challenge().id());
  }

  private static String gathered(EvidenceBundle bundle, URI source) {
    return bundle.evidence().stream()
        .filter(piece -> piece.source().equals(source))
        .findFirst()
        .map(piece ->
            switch (piece) {
              case OcspAnswer answer -> ", answer of " + answer.fetchedAt();
              case CrlSnapshot(var list, _, var at) ->
                  ", list of " + list.thisUpdate() + " fetched " + at;
              case Unanswered silence -> ", " + silence.trouble() + " " + silence.fetchedAt();
            })
        .orElse("");
  }

  private static Result result(RevocationStatus status) {
    return switch (status) {
      case RevocationStatus.Good _ -> HOLDS;
      case RevocationStatus.Revoked _, RevocationStatus.UnknownToIssuer _ -> FAILS;
      case RevocationStatus.Unavailable _ -> OPEN;
    };
  }

  private static String words(RevocationStatus status) {
    return switch (status) {
      case RevocationStatus.Good _ -> "good";
      case RevocationStatus.Revoked(var reason, var since) -> "revoked, " + reason + " " + since;
      case RevocationStatus.UnknownToIssuer _ -> "unknown to its issuer";
      case RevocationStatus.Unavailable(var cause) -> cause.name();
    };
  }

  /** For people: one line a step. */
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append("%-12s %s%n".formatted(verdict.outcome(), verdict.why().orElse("")));
    out.append("evidence     %s%njudged at    %s%n".formatted(evidence, at));
    for (Step step : steps) {
      out.append(
          "  %-11s  %-60s %s"
              .formatted(mark(step.result()), step.name(), step.detail())
              .stripTrailing());
      out.append(System.lineSeparator());
    }
    recorded.ifPresent(then ->
        out.append(
            agrees()
                ? "The recorded verdict is the same.%n".formatted()
                : "THE RECORDED VERDICT DIFFERS: %s%n".formatted(then)));
    return out.toString();
  }

  public String json() {
    Fields fields =
        new Fields()
            .put("outcome", verdict.outcome().name())
            .put("why", verdict.why().orElse(""))
            .put("evidence", evidence)
            .put("judgedAt", at);
    recorded.ifPresent(then -> fields.put("recorded", then.toString()));
    fields.put("agrees", agrees());
    fields.put(
        "steps",
        new Items(
            steps.stream()
                .<Value>map(step ->
                    new Fields()
                        .put("step", step.name())
                        .put("result", step.result().name())
                        .put("detail", step.detail()))
                .toList()));
    return JsonForm.write(fields);
  }

  private static String mark(Result result) {
    return switch (result) {
      case HOLDS -> "holds";
      case FAILS -> "FAILS";
      case OPEN -> "open";
      case NOT_REACHED -> "not reached";
    };
  }
}
