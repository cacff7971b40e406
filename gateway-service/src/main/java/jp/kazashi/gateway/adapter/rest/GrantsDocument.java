package jp.kazashi.gateway.adapter.rest;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import jp.kazashi.gateway.desk.References;
import jp.kazashi.qualification.institution.ReferenceNumber;

/** The consents that live now for whom the keys name; empty also when they name nobody. */
public record GrantsDocument(
    List<GrantDocument> grants, List<String> referenceNumbers, ReceiptDocument receipt) {

  /** Under this check these records may be read until then. */
  public record GrantDocument(
      UUID checkId, List<String> consents, Instant consentedAt, Instant expiresAt) {}

  static GrantsDocument of(References.Search.Found found) {
    return new GrantsDocument(
        found.grants().stream()
            .map(each ->
                new GrantDocument(
                    each.decision().check().value(),
                    CheckDocuments.words(each.live()),
                    each.decision().decidedAt(),
                    each.decision().expiresAt()))
            .toList(),
        found.references().stream().map(ReferenceNumber::value).toList(),
        ReceiptDocument.of(found.receipt()));
  }
}
