package jp.kazashi.reader.visit;

import java.time.Instant;
import java.util.Optional;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.reader.link.Answer;
import jp.kazashi.reader.link.FaceCalibration;
import jp.kazashi.reader.link.Grants;
import jp.kazashi.reader.link.Proof;
import jp.kazashi.reader.link.Refusal;
import jp.kazashi.reader.link.SealedChallenge;
import jp.kazashi.reader.link.StaffPass;

/**
 * One visit, as a chain of states. A state holds only its own data and can only become what may
 * follow it: what is not here does not compile. From {@link Signed} on there is no way to {@link
 * Left}: the answer no longer depends on the card.
 */
public sealed interface Visit {

  VisitId id();

  /** Every visit begins so. */
  static Waiting waiting(VisitId id) {
    return new Waiting(id);
  }

  /** A visit that is over. */
  sealed interface End extends Visit {}

  /** Something lies on the reader and has not signed: the visit may still end without an answer. */
  sealed interface AtCard extends Visit {

    default Refused refused(Refusal refusal) {
      return new Refused(id(), refusal);
    }

    default Left left() {
      return new Left(id());
    }
  }

  /** A card was put down; nobody knows yet which. */
  record Waiting(VisitId id) implements AtCard {

    Seated seated(UntrustedCertificate certificate) {
      return new Seated(id, certificate);
    }
  }

  /** The card's certificate was read. */
  record Seated(VisitId id, UntrustedCertificate certificate) implements AtCard {

    Confirmed confirmed(VerificationMethod method, Instant at) {
      return new Confirmed(id, certificate, method, at);
    }
  }

  /** The holder showed that the card is theirs. */
  record Confirmed(
      VisitId id, UntrustedCertificate certificate, VerificationMethod method, Instant at)
      implements Visit {

    Signed signed(
        SealedChallenge challenge,
        byte[] signature,
        Optional<StaffPass> pass,
        Optional<FaceCalibration> calibration) {
      return new Signed(
          id,
          new Proof(challenge, method, at, certificate, Octets.of(signature), pass, calibration));
    }
  }

  /** The card signed. */
  record Signed(VisitId id, Proof proof) implements Visit {

    Answered answered(Answer answer) {
      return new Answered(id, proof.method(), answer);
    }

    Refused refused(Refusal refusal) {
      return new Refused(id, refusal);
    }
  }

  /** The gateway answered. */
  record Answered(VisitId id, VerificationMethod method, Answer answer) implements Visit {

    Consented consented(Grants grants) {
      return new Consented(this, grants);
    }

    Closed closed(Closing closing) {
      return new Closed(this, closing);
    }
  }

  /** Answered, and consent was recorded. */
  record Consented(Answered answered, Grants grants) implements End {
    public Consented {
      if (!answered.answer().offeredConsents().containsAll(grants.categories())) {
        throw new IllegalArgumentException("Only what was offered can be granted");
      }
    }

    @Override
    public VisitId id() {
      return answered.id();
    }
  }

  /** Answered, without consent. */
  record Closed(Answered answered, Closing closing) implements End {
    @Override
    public VisitId id() {
      return answered.id();
    }
  }

  /** Not answered. */
  record Refused(VisitId id, Refusal refusal) implements End {}

  /** The card was taken away before it had signed; nothing was sent. */
  record Left(VisitId id) implements End {}

  /** Why an answered visit has no consent. */
  sealed interface Closing {

    /** Nothing was offered, as in the grace of a certificate. */
    record NothingOffered() implements Closing {}

    /** The patient said no to everything. */
    record Declined() implements Closing {}

    /** The patient took the card before answering. */
    record LeftBeforeConsent() implements Closing {}

    /** The patient did not say anything in time. */
    record NoReply() implements Closing {}

    /** The patient agreed, but the gateway did not record it. */
    record NotRecorded(Refusal refusal) implements Closing {}
  }
}
