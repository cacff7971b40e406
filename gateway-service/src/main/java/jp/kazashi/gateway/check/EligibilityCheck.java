package jp.kazashi.gateway.check;

import static jp.kazashi.gateway.check.Reason.CERTIFICATE_ENDED;
import static jp.kazashi.gateway.check.Reason.CERTIFICATE_EXPIRES_SOON;
import static jp.kazashi.gateway.check.Reason.CERTIFICATE_IN_GRACE;
import static jp.kazashi.gateway.check.Reason.CERTIFICATE_NOT_TRUSTED;
import static jp.kazashi.gateway.check.Reason.CERTIFICATE_REVOKED;
import static jp.kazashi.gateway.check.Reason.CERTIFICATE_UNACCEPTABLE;
import static jp.kazashi.gateway.check.Reason.CHECK_NOT_POSSIBLE;
import static jp.kazashi.gateway.check.Reason.DEGRADED_NOT_REGISTERED;
import static jp.kazashi.gateway.check.Reason.HOLDER_DIRECTORY_UNAVAILABLE;
import static jp.kazashi.gateway.check.Reason.METHOD_NOT_OF_THIS_CARD;
import static jp.kazashi.gateway.check.Reason.NOT_REGISTERED;
import static jp.kazashi.gateway.check.Reason.QUALIFICATION_NOT_FOUND;
import static jp.kazashi.gateway.check.Reason.RECORDED_OFFLINE;
import static jp.kazashi.gateway.check.Reason.REVOCATION_NOT_CHECKED;
import static jp.kazashi.gateway.check.Reason.REVOCATION_UNAVAILABLE;
import static jp.kazashi.gateway.check.Reason.SIGNATURE_INVALID;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import jp.kazashi.gateway.port.FindHolder;
import jp.kazashi.jpki.RejectionReason;
import jp.kazashi.jpki.holder.ExpiryPolicy;
import jp.kazashi.jpki.statement.ChallengeStatement;
import jp.kazashi.jpki.statement.Line;
import jp.kazashi.jpki.verdict.CertificateFacts;
import jp.kazashi.jpki.verdict.EvidenceDigest;
import jp.kazashi.jpki.verdict.Verdict;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.coverage.CoverageAnswer;
import jp.kazashi.qualification.coverage.CoverageRule;
import jp.kazashi.qualification.coverage.PersonCoverage;
import jp.kazashi.qualification.holder.Registration;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.person.Person;
import jp.kazashi.qualification.store.HolderCoverage;
import jp.kazashi.qualification.store.Linking;

/** One check as it goes: opened, then answered or refused. No other order compiles. */
public sealed interface EligibilityCheck {

  /** The challenge was ours and alive. Of the card nothing is known yet. */
  record Opened(CheckId id, Caller caller, ChallengeStatement statement, Instant at)
      implements EligibilityCheck {

    /**
     * The whole judgement: first of the proof, and only if that is trusted, of the coverage.
     *
     * @param softening that the outage policy bears a verdict that is undetermined
     * @param kin asked for where the holder is not linked
     * @param expiry how the grace of cards is counted
     */
    public Judged judged(
        Verdict verdict,
        Optional<Softening> softening,
        HolderCoverage holder,
        Kin kin,
        ExpiryPolicy expiry) {
      return softening.isPresent() && verdict instanceof Verdict.Undetermined undetermined
          ? softened(undetermined, softening.get(), holder)
          : judged(verdict, trusted -> covered(trusted, holder, kin, expiry));
    }

    /**
     * The same of a registration at the counter.
     *
     * @param person whom insurers call as the directory calls the holder
     * @param first the check whose proof this is
     */
    Judged registered(
        Verdict verdict,
        FindHolder.Listing listing,
        Optional<PersonCoverage> person,
        CheckId first) {
      return judged(verdict, trusted -> tied(trusted, listing, person, first));
    }

    private Judged judged(Verdict verdict, Function<Verdict.Trusted, Judged> coverage) {
      return switch (verdict) {
        case Verdict.Trusted trusted -> coverage.apply(trusted);
        case Verdict.Rejected(var reason, var certificate, var evidence) ->
            new Refused(this, reasonOf(reason), reason.id(), certificate, evidence);
        case Verdict.Undetermined undetermined -> unavailable(undetermined);
      };
    }

    private Refused unavailable(Verdict.Undetermined verdict) {
      return new Refused(
          this,
          REVOCATION_UNAVAILABLE,
          verdict.cause().name(),
          Optional.of(verdict.certificate()),
          verdict.evidence());
    }

    /** Only whom the record knows by this card already: nobody is linked and nobody registered. */
    private Judged softened(
        Verdict.Undetermined verdict, Softening softening, HolderCoverage holder) {
      Proven proven = new Proven(verdict.certificate(), verdict.evidence(), Optional.of(softening));
      if (!HolderConfirmation.fits(statement.method(), verdict.certificate().holder().carrier())) {
        return refused(METHOD_NOT_OF_THIS_CARD, proven);
      }
      return switch (holder) {
        case HolderCoverage.Linked(var person, var since, var history) ->
            known(proven, new PersonCoverage(person, history), Optional.empty());
        case HolderCoverage.LinkEnded _, HolderCoverage.NotLinked _ -> unavailable(verdict);
      };
    }

    /** What a certificate was found to be, before it is known what its holder is entitled to. */
    private record Proven(
        CertificateFacts certificate, EvidenceDigest evidence, Optional<Softening> softening) {
      static Proven of(Verdict.Trusted trusted) {
        return new Proven(
            new CertificateFacts(trusted.holder(), trusted.phase(), trusted.certificateEnds()),
            trusted.evidence(),
            Optional.empty());
      }
    }

    private Judged covered(
        Verdict.Trusted trusted, HolderCoverage holder, Kin kin, ExpiryPolicy expiry) {
      if (!HolderConfirmation.fits(statement.method(), trusted.holder().carrier())) {
        return refused(METHOD_NOT_OF_THIS_CARD, trusted);
      }
      return switch (holder) {
        case HolderCoverage.Linked(var person, var since, var history) ->
            known(Proven.of(trusted), new PersonCoverage(person, history), Optional.empty());
        case HolderCoverage.LinkEnded(var endedAt) -> refused(notRegistered(), trusted);
        case HolderCoverage.NotLinked() -> unlinked(trusted, kin, expiry);
      };
    }

    private Judged unlinked(Verdict.Trusted trusted, Kin kin, ExpiryPolicy expiry) {
      return switch (kin) {
        case Kin.Unavailable() -> refused(HOLDER_DIRECTORY_UNAVAILABLE, trusted);
        case Kin.NotAsked(), Kin.NotListed() -> refused(notRegistered(), trusted);
        case Kin.Listed listed ->
            Succession.of(HolderLinks.of(trusted.holder().key()), listed, expiry)
                .map(carried ->
                    known(
                        Proven.of(trusted),
                        new PersonCoverage(carried.person().person(), carried.person().history()),
                        Optional.of(new Linking(carried.registration(), Optional.empty()))))
                .orElseGet(() -> refused(notRegistered(), trusted));
      };
    }

    private Judged tied(
        Verdict.Trusted trusted,
        FindHolder.Listing listing,
        Optional<PersonCoverage> person,
        CheckId first) {
      return switch (listing) {
        case FindHolder.Listing.Unavailable() -> refused(HOLDER_DIRECTORY_UNAVAILABLE, trusted);
        case FindHolder.Listing.NotListed() -> refused(QUALIFICATION_NOT_FOUND, trusted);
        case FindHolder.Listing.Listed(var code, var before) ->
            person
                .map(known ->
                    known(Proven.of(trusted), known, Optional.of(linking(trusted, known, first))))
                .orElseGet(() -> refused(QUALIFICATION_NOT_FOUND, trusted));
      };
    }

    private Linking linking(Verdict.Trusted trusted, PersonCoverage person, CheckId first) {
      return new Linking(
          new Registration(
              HolderLinks.of(trusted.holder().key()), person.person().id(), at, null, null),
          Optional.of(first));
    }

    /** An answer names a qualification, also one that does not cover today. */
    private Judged known(Proven proven, PersonCoverage known, Optional<Linking> linking) {
      Person person = known.person();
      if (person.provisionBarred()) {
        return refused(CHECK_NOT_POSSIBLE, proven);
      }
      CoverageAnswer coverage = CoverageRule.on(known.history(), today());
      return switch (coverage) {
        case CoverageAnswer.Covered _,
            CoverageAnswer.NotYetEffective _,
            CoverageAnswer.Lapsed _,
            CoverageAnswer.Superseded _ ->
            new Answered(
                this,
                proven.certificate(),
                person,
                coverage,
                linking,
                proven.softening(),
                proven.evidence());
        case CoverageAnswer.Unknown _, CoverageAnswer.NotLinked _, CoverageAnswer.Ambiguous _ ->
            refused(QUALIFICATION_NOT_FOUND, proven);
      };
    }

    private Refused refused(Reason reason, Verdict.Trusted trusted) {
      return refused(reason, Proven.of(trusted));
    }

    private Refused refused(Reason reason, Proven proven) {
      return new Refused(
          this, reason, reason.name(), Optional.of(proven.certificate()), proven.evidence());
    }

    /** Nobody is there any more to be asked whether they would like to be registered. */
    private Reason notRegistered() {
      return recordedOffline() ? DEGRADED_NOT_REGISTERED : NOT_REGISTERED;
    }

    /** Whether it was recorded while the line was down. */
    public boolean recordedOffline() {
      return statement.line() == Line.DEGRADED;
    }

    /** The day on which the card was shown. */
    public LocalDate today() {
      return Calendar.dateOf(statement.shownAt(at));
    }

    private static Reason reasonOf(RejectionReason reason) {
      return switch (reason.family()) {
        case CERTIFICATE_REVOKED -> CERTIFICATE_REVOKED;
        case CERTIFICATE_ENDED -> CERTIFICATE_ENDED;
        case CERTIFICATE_NOT_TRUSTED -> CERTIFICATE_NOT_TRUSTED;
        case CERTIFICATE_UNACCEPTABLE -> CERTIFICATE_UNACCEPTABLE;
        case SIGNATURE_INVALID -> SIGNATURE_INVALID;
      };
    }
  }

  /** A check whose judgement is made; what is left is to commit it. */
  sealed interface Judged extends EligibilityCheck {
    Opened opened();

    /** Names everything the judgement rests on. */
    EvidenceDigest evidence();

    @Override
    default CheckId id() {
      return opened().id();
    }
  }

  /**
   * The holder is proven, and this is what is known of their coverage: also that it lapsed.
   *
   * @param linking the link that this check makes, where it makes one
   * @param softening that the certificate's revocation could not be found out
   */
  record Answered(
      Opened opened,
      CertificateFacts certificate,
      Person person,
      CoverageAnswer coverage,
      Optional<Linking> linking,
      Optional<Softening> softening,
      EvidenceDigest evidence)
      implements Judged {

    public Set<MedicalCategory> offered() {
      return opened.recordedOffline() || softening.isPresent()
          ? Set.of()
          : Offer.of(certificate.phase(), coverage, opened.today());
    }

    /** What patient and desk should notice. */
    public List<Reason> notices() {
      List<Reason> notices = new ArrayList<>();
      switch (certificate.phase()) {
        case EXPIRING_SOON -> notices.add(CERTIFICATE_EXPIRES_SOON);
        case GRACE -> notices.add(CERTIFICATE_IN_GRACE);
        case NORMAL, ENDED -> {}
      }
      if (opened.recordedOffline()) {
        notices.add(RECORDED_OFFLINE);
      }
      if (softening.isPresent()) {
        notices.add(REVOCATION_NOT_CHECKED);
      }
      Reasons.of(coverage).ifPresent(notices::add);
      return notices;
    }
  }

  /**
   * No answer.
   *
   * @param detail the finer word for the audit; the reason is what is told
   */
  record Refused(
      Opened opened,
      Reason reason,
      String detail,
      Optional<CertificateFacts> certificate,
      EvidenceDigest evidence)
      implements Judged {}

  CheckId id();
}
