package jp.kazashi.gateway.check;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jp.kazashi.gateway.port.LastEvidence;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.certificate.HashAlgorithm;
import jp.kazashi.jpki.certificate.Link;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.revocation.FetchRevocation;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.revocation.RevocationJudge;
import jp.kazashi.jpki.revocation.RevocationJudge.Finding;
import jp.kazashi.jpki.revocation.RevocationStatus;
import jp.kazashi.jpki.verdict.JudgePolicy;
import jp.kazashi.qualification.store.FindCoverage;
import jp.kazashi.qualification.store.HolderCoverage;

/** What judging a proof will need, all asked for at once. Nothing of it is trusted yet. */
final class GatherProof {
  private final FetchRevocation revocation;
  private final LastEvidence last;
  private final FindCoverage coverage;
  private final JudgePolicy policy;
  private final RevocationJudge judge;

  GatherProof(
      FetchRevocation revocation, LastEvidence last, FindCoverage coverage, JudgePolicy policy) {
    this.revocation = revocation;
    this.last = last;
    this.coverage = coverage;
    this.policy = policy;
    this.judge = policy.revocation();
  }

  record Gathered(Revocation revocation, HolderCoverage holder) {}

  /**
   * What could be had about a certificate's revocation.
   *
   * @param link whom it seems to be issued by; empty when by nobody we know
   * @param lastHad when evidence about this issuer's certificates was last to be had
   */
  record Revocation(
      Optional<Link> link, List<RevocationEvidence> evidence, Optional<Instant> lastHad) {}

  Uni<Gathered> about(UntrustedCertificate certificate, Instant at) {
    Uni<HolderCoverage> holder =
        certificate
            .claimedHolder()
            .map(key -> coverage.byHolder(HolderLinks.of(key)))
            .orElseGet(() -> Uni.createFrom().item(new HolderCoverage.NotLinked()));
    return Uni.combine().all().unis(revocation(certificate, at), holder).with(Gathered::new);
  }

  /** Sources are asked until one decides, at the instant by which the verdict will be made. */
  Uni<Revocation> revocation(UntrustedCertificate certificate, Instant at) {
    return Link.claimedBy(certificate, policy.anchors())
        .map(link -> {
          CertId id = link.id(HashAlgorithm.SHA256);
          return Uni.createFrom()
              .completionStage(() -> revocation.about(id, soFar(link, at)))
              .map(evidence -> new Revocation(Optional.of(link), evidence, last.about(id, at)));
        })
        .orElseGet(() ->
            Uni.createFrom().item(new Revocation(Optional.empty(), List.of(), Optional.empty())));
  }

  /**
   * Gathering asks about the same pieces after every step: each is judged once for all of it. The
   * verdict judges them anew, for it comes from the evidence alone, here as when it is replayed.
   */
  private FetchRevocation.SoFar soFar(Link link, Instant at) {
    Map<List<RevocationEvidence>, RevocationStatus> judged = new ConcurrentHashMap<>();
    return pieces -> judged.computeIfAbsent(List.copyOf(pieces), all -> judge.judge(all, link, at));
  }

  /** What each piece proves by itself. */
  List<Finding> findings(Revocation gathered, Instant at) {
    return gathered
        .link()
        .map(link -> judge.findings(gathered.evidence(), link, at))
        .orElse(List.of());
  }
}
