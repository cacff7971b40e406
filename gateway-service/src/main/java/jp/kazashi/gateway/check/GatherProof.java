package jp.kazashi.gateway.check;

import io.smallrye.mutiny.Uni;
import java.util.List;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.revocation.FetchRevocation;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.qualification.store.FindCoverage;
import jp.kazashi.qualification.store.HolderCoverage;

/** What judging a proof will need, all asked for at once. Nothing of it is trusted yet. */
record GatherProof(FetchRevocation revocation, FindCoverage coverage, TrustAnchors anchors) {

  record Gathered(List<RevocationEvidence> revocation, HolderCoverage holder) {}

  Uni<Gathered> about(UntrustedCertificate certificate) {
    Uni<List<RevocationEvidence>> evidence =
        CertId.of(certificate, anchors)
            .map(id -> Uni.createFrom().completionStage(() -> revocation.about(id)))
            .orElseGet(() -> Uni.createFrom().item(List.of()));
    Uni<HolderCoverage> holder =
        certificate
            .claimedHolder()
            .map(key -> coverage.byHolder(HolderLinks.of(key)))
            .orElseGet(() -> Uni.createFrom().item(new HolderCoverage.NotLinked()));
    return Uni.combine().all().unis(evidence, holder).with(Gathered::new);
  }
}
