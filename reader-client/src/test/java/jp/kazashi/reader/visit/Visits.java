package jp.kazashi.reader.visit;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.reader.link.Answer;
import jp.kazashi.reader.link.Answers;
import jp.kazashi.reader.link.Refusal;
import jp.kazashi.reader.visit.Visit.Closing;

/** Visits in every state, made the only way there is: from the state before. */
public final class Visits {

  public static final VisitId ID = new VisitId(new UUID(0, 1));

  private Visits() {}

  public static Visit.Waiting waiting() {
    return Visit.waiting(ID);
  }

  public static Visit.Seated seated() {
    return waiting().seated(new UntrustedCertificate(new byte[] {1, 2, 3}));
  }

  public static Visit.Confirmed confirmed() {
    return seated().confirmed(VerificationMethod.PIN, Answers.NOW);
  }

  public static Visit.Signed signed() {
    return confirmed()
        .signed(
            Answers.challenge(Answers.NOW, Duration.ofMinutes(5)),
            new byte[] {4, 5, 6},
            Optional.empty(),
            Optional.empty());
  }

  public static Visit.Answered answered(Answer answer) {
    return signed().answered(answer);
  }

  public static Visit.Answered answered() {
    return answered(Answers.offering(MedicalCategory.values()));
  }

  public static Visit.Consented consented(MedicalCategory... granted) {
    return answered().consented(Answers.grants(Set.of(granted)));
  }

  public static Visit.Closed closed(Closing closing) {
    return answered().closed(closing);
  }

  public static Visit.Closed closed(Answer answer, Closing closing) {
    return answered(answer).closed(closing);
  }

  public static Visit.Refused refused(Refusal refusal) {
    return signed().refused(refusal);
  }

  public static Visit.Left left() {
    return seated().left();
  }
}
