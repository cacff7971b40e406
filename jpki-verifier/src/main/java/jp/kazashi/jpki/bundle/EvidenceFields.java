package jp.kazashi.jpki.bundle;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.bundle.EvidenceBundle.Lists;
import jp.kazashi.jpki.bundle.Value.Fields;
import jp.kazashi.jpki.revocation.ListLimits;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.revocation.RevocationEvidence.CrlSnapshot;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;
import jp.kazashi.jpki.revocation.RevocationEvidence.Trouble;
import jp.kazashi.jpki.revocation.RevocationEvidence.Unanswered;
import jp.kazashi.jpki.revocation.RevocationList;

/** Evidence of revocation as a bundle writes it. */
final class EvidenceFields {
  private EvidenceFields() {}

  static Fields write(RevocationEvidence evidence, Lists lists) {
    Fields fields = new Fields();
    switch (evidence) {
      case OcspAnswer answer -> {
        fields.put("kind", "ocsp").put("body", answer.body());
        answer.nonce().ifPresent(nonce -> fields.put("nonce", nonce));
      }
      case CrlSnapshot snapshot -> {
        fields.put("kind", "crl").put("sha256", snapshot.list().digest());
        if (lists == Lists.INSIDE) {
          fields.put("body", Octets.of(snapshot.list().toArray()));
        }
      }
      case Unanswered silence ->
          fields.put("kind", "unanswered").put("trouble", silence.trouble().name());
    }
    return fields
        .put("source", evidence.source().toString())
        .put("fetchedAt", evidence.fetchedAt().toEpochMilli());
  }

  static RevocationEvidence read(
      Fields fields, Function<Octets, Optional<RevocationList>> library) {
    URI source = URI.create(fields.text("source"));
    Instant fetchedAt = Instant.ofEpochMilli(fields.number("fetchedAt"));
    return switch (fields.text("kind")) {
      case "ocsp" ->
          new OcspAnswer(
              fields.octets("body"), source, fetchedAt, fields.find("nonce").map(Value::octets));
      case "crl" -> new CrlSnapshot(list(fields, library), source, fetchedAt);
      case "unanswered" ->
          new Unanswered(source, fetchedAt, Trouble.valueOf(fields.text("trouble")));
      default -> throw new IllegalArgumentException("There is no such kind of evidence");
    };
  }

  private static RevocationList list(
      Fields fields, Function<Octets, Optional<RevocationList>> library) {
    Octets digest = fields.octets("sha256");
    RevocationList list =
        fields
            .find("body")
            .map(Value::octets)
            .flatMap(body -> RevocationList.read(body.toArray(), ListLimits.ordinary()))
            .or(() -> library.apply(digest))
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "The bundle only cites a revocation list, which must be given too (--crl):"
                        + " SHA-256 "
                        + digest.hex()));
    if (!list.digest().equals(digest)) {
      throw new IllegalArgumentException("A revocation list is not the one cited");
    }
    return list;
  }
}
