package jp.kazashi.gateway.adapter.rest;

import java.util.List;
import jp.kazashi.gateway.check.Catalogue;
import jp.kazashi.gateway.check.LookUp;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.check.Sentence;
import jp.kazashi.qualification.institution.ReferenceNumber;
import org.jspecify.annotations.Nullable;

/**
 * What a look-up found.
 *
 * @param validityCode 1 valid, 2 invalid, 3 invalid and a newer one exists, 4 not found, 5 several
 *     fit, 6 valid (medical aid without a ticket yet)
 * @param referenceNumbers what the institution itself calls that person
 * @param reason why that person is not simply covered; nothing when they are
 */
public record LookUpDocument(
    int validityCode,
    @Nullable QualificationDocument qualification,
    List<String> referenceNumbers,
    @Nullable Reason reason,
    @Nullable Sentence nextStep,
    ReceiptDocument receipt) {

  static LookUpDocument of(LookUp.Outcome.Found found, Catalogue catalogue) {
    var current = CheckDocuments.currentOf(found.coverage());
    return new LookUpDocument(
        found.coverage().validity().code(),
        current == null
            ? null
            : QualificationDocument.withoutCard(current, found.person(), found.on()),
        found.references().stream().map(ReferenceNumber::value).toList(),
        found.say().orElse(null),
        found.say().map(reason -> catalogue.of(reason).nextStep()).orElse(null),
        ReceiptDocument.of(found.receipt()));
  }
}
