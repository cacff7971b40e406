package jp.kazashi.jpki.revocation;

import static jp.kazashi.jpki.revocation.UnavailableCause.NO_EVIDENCE;
import static jp.kazashi.jpki.revocation.UnavailableCause.UNANSWERED;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jp.kazashi.jpki.certificate.Link;
import jp.kazashi.jpki.certificate.SignatureTable;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.revocation.RevocationEvidence.CrlSnapshot;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;
import jp.kazashi.jpki.revocation.RevocationEvidence.Unanswered;
import jp.kazashi.jpki.revocation.RevocationStatus.Good;
import jp.kazashi.jpki.revocation.RevocationStatus.Unavailable;

/** Weighs all that was gathered about one certificate. */
public final class RevocationJudge {
  private final OcspJudge ocsp;
  private final CrlJudge lists;

  public RevocationJudge(
      Freshness freshness, ResponderRules responders, ListRules lists, TrustAnchors anchors) {
    this.ocsp = new OcspJudge(freshness, responders);
    this.lists = new CrlJudge(lists, anchors, SignatureTable.EVERY_SCHEME);
  }

  /** What one source proves, or why it proves nothing. */
  public record Finding(URI source, RevocationStatus status) {}

  /** The weightiest status; among equals that of the earlier evidence. */
  public RevocationStatus judge(List<RevocationEvidence> evidence, Link link, Instant at) {
    return weigh(findings(evidence, link, at));
  }

  public static RevocationStatus weigh(List<Finding> findings) {
    return findings.stream()
        .map(Finding::status)
        .reduce(RevocationStatus::weightier)
        .orElseGet(() -> new Unavailable(NO_EVIDENCE));
  }

  /** The status of all of them together: good when each is, or when there is none. */
  public RevocationStatus judgeAll(
      List<RevocationEvidence> evidence, List<Link> links, Instant at) {
    return links.stream()
        .map(link -> judge(evidence, link, at))
        .filter(status -> !(status instanceof Good))
        .reduce(RevocationStatus::weightier)
        .orElseGet(Good::new);
  }

  /**
   * What each source proves, in order. A list and its deltas are one word, at the first's place.
   */
  public List<Finding> findings(List<RevocationEvidence> evidence, Link link, Instant at) {
    List<RevocationList> all = new ArrayList<>();
    for (RevocationEvidence piece : evidence) {
      if (piece instanceof CrlSnapshot snapshot) {
        all.add(snapshot.list());
      }
    }
    boolean listsJudged = false;
    List<Finding> findings = new ArrayList<>();
    for (RevocationEvidence piece : evidence) {
      switch (piece) {
        case OcspAnswer answer ->
            findings.add(new Finding(answer.source(), ocsp.judge(answer, link, at)));
        case Unanswered silence ->
            findings.add(new Finding(silence.source(), new Unavailable(UNANSWERED)));
        case CrlSnapshot snapshot -> {
          if (!listsJudged) {
            findings.add(new Finding(snapshot.source(), lists.judge(all, link, at)));
          }
          listsJudged = true;
        }
      }
    }
    return findings;
  }
}
