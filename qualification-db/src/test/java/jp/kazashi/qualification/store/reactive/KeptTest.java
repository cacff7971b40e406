package jp.kazashi.qualification.store.reactive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.kazashi.qualification.medical.MedicalCategory.CARE;
import static jp.kazashi.qualification.store.reactive.Counter.CLINIC;
import static jp.kazashi.qualification.store.reactive.Counter.NOON;
import static jp.kazashi.qualification.store.reactive.Counter.answered;
import static jp.kazashi.qualification.store.reactive.Counter.challenge;
import static jp.kazashi.qualification.store.reactive.Counter.consented;
import static jp.kazashi.qualification.store.reactive.Counter.insured;
import static jp.kazashi.qualification.store.reactive.Counter.people;
import static jp.kazashi.qualification.store.reactive.Counter.registered;
import static jp.kazashi.qualification.store.reactive.Counter.somebody;
import static jp.kazashi.qualification.store.reactive.RealDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.kazashi.qualification.audit.AuditEpoch;
import jp.kazashi.qualification.audit.AuditFinding;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.audit.AuditSeal;
import jp.kazashi.qualification.audit.AuditVerifier;
import jp.kazashi.qualification.audit.AuditWitness;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.audit.TimeStampToken;
import jp.kazashi.qualification.coverage.ValidPeriod;
import jp.kazashi.qualification.holder.HolderLink;
import jp.kazashi.qualification.holder.Registration;
import jp.kazashi.qualification.institution.Institution;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.institution.InstitutionKind;
import jp.kazashi.qualification.institution.Prefecture;
import jp.kazashi.qualification.institution.ReferenceNumber;
import jp.kazashi.qualification.institution.UsageDay;
import jp.kazashi.qualification.institution.UsageKind;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.person.PersonCode;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.proof.ProofDocument;
import jp.kazashi.qualification.staff.Lockout;
import jp.kazashi.qualification.staff.LockoutPolicy;
import jp.kazashi.qualification.staff.PasswordHash;
import jp.kazashi.qualification.staff.StaffAccount;
import jp.kazashi.qualification.staff.StaffId;
import jp.kazashi.qualification.staff.StaffRole;
import jp.kazashi.qualification.staff.StaffSession;
import jp.kazashi.qualification.staff.VisualPass;
import jp.kazashi.qualification.store.BulkJob;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.Evidence;
import jp.kazashi.qualification.store.HolderCoverage;
import jp.kazashi.qualification.store.KeepBulkJobs.Line;
import jp.kazashi.qualification.store.KeptAnswer;
import jp.kazashi.qualification.store.Linking;
import jp.kazashi.qualification.store.ReadEvents;
import jp.kazashi.qualification.store.Reconciliation;
import jp.kazashi.qualification.store.Station.CheckStation;
import jp.kazashi.qualification.store.reactive.RealDatabase.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealDatabase.class)
class KeptTest {
  private final Running database;

  KeptTest(Running database) {
    this.database = database;
  }

  @Test
  void whatManyChecksRestOnIsKeptOnceUnderItsDigest() {
    var evidence = new EvidenceInDatabase(database.sessions());
    Evidence list =
        new Evidence("CRL", "a list of %s".formatted(UUID.randomUUID()).getBytes(UTF_8));

    await(evidence.keep(list, NOON));
    await(evidence.keep(list, NOON.plusSeconds(9)));

    assertThat(await(evidence.find(list.digest()))).hasValue(list.bytes());
    assertThat(await(evidence.find(Digest.of(new byte[] {1})))).isEmpty();
  }

  @Test
  void anInstitutionIsKeptAndChanged() {
    InstitutionsInDatabase institutions = new InstitutionsInDatabase(database.sessions());
    Institution clinic = institution("1312399990", "かざし内科", CARE);
    await(institutions.put(clinic));

    Institution changed = institution("1312399990", "かざし医院", CARE, MedicalCategory.MEDICATION);
    await(institutions.put(changed));

    assertThat(await(institutions.byCode(clinic.code()))).contains(changed);
    assertThat(await(institutions.byCode(new InstitutionCode("1312399991")))).isEmpty();
    assertThat(await(institutions.all())).contains(changed);
  }

  @Test
  void usageIsCountedFromTheAuditAndMayBeCountedAgain() {
    InstitutionsInDatabase usage = new InstitutionsInDatabase(database.sessions());
    GroupCommitter committer = committer();
    CheckStation check = answered(challenge(), somebody());
    await(committer.commit(check));
    await(committer.commit(consented(check, NOON.plusSeconds(5), CARE)));
    LocalDate day = LocalDate.of(2026, 11, 20);

    await(usage.count(day));
    long first = counted(usage, UsageKind.CARD_CHECK);
    await(committer.commit(answered(challenge(), somebody())));
    await(usage.count(day));

    assertThat(first).isPositive();
    assertThat(counted(usage, UsageKind.CARD_CHECK)).isEqualTo(first + 1);
  }

  private long counted(InstitutionsInDatabase usage, UsageKind kind) {
    return await(usage.of(YearMonth.of(2026, 11), Optional.of(CLINIC))).stream()
        .filter(row -> row.kind() == kind)
        .mapToLong(UsageDay::count)
        .sum();
  }

  @Test
  void rowsOfUsageCountedElsewhereAreKeptAsTheyAre() {
    InstitutionsInDatabase usage = new InstitutionsInDatabase(database.sessions());
    InstitutionCode hospital = new InstitutionCode("1311111118");
    UsageDay row =
        new UsageDay(hospital, LocalDate.of(2025, 3, 31), UsageKind.CARD_CHECK, 7_918_261);
    await(usage.put(List.of(row)));

    assertThat(await(usage.of(YearMonth.of(2025, 3), Optional.of(hospital)))).containsExactly(row);
    assertThat(await(usage.of(YearMonth.of(2025, 4), Optional.of(hospital)))).isEmpty();
  }

  @Test
  void aLogInIsUniqueAtItsInstitutionAndTheLockoutMovesOnlyFromWhatWasRead() {
    StaffInDatabase staff = new StaffInDatabase(database.sessions());
    StaffAccount account = account("sato");
    assertThat(await(staff.add(account))).isTrue();
    assertThat(await(staff.add(account("sato")))).isFalse();

    Lockout wrong = LockoutPolicy.ordinary().afterWrong(Lockout.none(), NOON);
    assertThat(await(staff.lockout(account.id(), Lockout.none(), wrong))).isTrue();
    assertThat(await(staff.lockout(account.id(), Lockout.none(), wrong))).isFalse();

    assertThat(await(staff.byLogin(CLINIC, "sato"))).contains(account.with(wrong));
    assertThat(await(staff.byLogin(new InstitutionCode("1312345688"), "sato"))).isEmpty();
  }

  @Test
  void aSessionIsFoundWithItsAccountUntilItIsEnded() {
    StaffInDatabase staff = new StaffInDatabase(database.sessions());
    StaffAccount account = account("suzuki");
    await(staff.add(account));
    Digest token = Digest.of("token".getBytes(UTF_8));
    StaffSession session =
        new StaffSession(
            token, account.id(), Digest.of(new byte[] {1}), NOON, NOON.plusSeconds(3600), null);
    await(staff.open(session));

    assertThat(await(staff.byToken(token)))
        .hasValueSatisfying(found -> {
          assertThat(found.session()).isEqualTo(session);
          assertThat(found.account()).isEqualTo(account);
        });
    await(staff.endAll(account.id(), NOON.plusSeconds(60)));
    assertThat(await(staff.byToken(token)).orElseThrow().session().endedAt())
        .isEqualTo(NOON.plusSeconds(60));
  }

  @Test
  void aVisualPassIsKeptUnspent() {
    StaffInDatabase staff = new StaffInDatabase(database.sessions());
    StaffAccount account = account("takahashi");
    await(staff.add(account));
    VisualPass pass = new VisualPass(UUID.randomUUID(), account.id(), CLINIC, "kiosk-1", NOON);
    await(staff.issue(pass));

    assertThat(await(staff.byId(pass.id())))
        .hasValueSatisfying(found -> {
          assertThat(found.pass()).isEqualTo(pass);
          assertThat(found.spent()).isFalse();
        });
  }

  @Test
  void aReferenceNumberNamesTheNewerPersonOfItsInstitution() {
    ReferenceNumbersInDatabase numbers = new ReferenceNumbersInDatabase(database.sessions());
    PersonId first = person("P-ref-1");
    PersonId second = person("P-ref-2");
    ReferenceNumber number = new ReferenceNumber("カルテ-001");
    await(numbers.put(CLINIC, number, first, NOON));
    assertThat(await(numbers.of(CLINIC, first))).containsExactly(number);

    await(numbers.put(CLINIC, number, second, NOON.plusSeconds(1)));

    assertThat(await(numbers.of(CLINIC, first))).isEmpty();
    assertThat(await(numbers.of(CLINIC, second))).containsExactly(number);
    assertThat(await(numbers.of(new InstitutionCode("1312345688"), second))).isEmpty();
  }

  @Test
  void proofDocumentsOfAPersonAreFound() {
    ProofDocumentsInDatabase proofs = new ProofDocumentsInDatabase(database.sessions());
    ProofDocument document =
        new ProofDocument(
            UUID.randomUUID(),
            person("P-proof"),
            ProofDocument.Kind.CONFIRMATION,
            ProofDocument.Issue.EX_OFFICIO,
            LocalDate.of(2025, 8, 1),
            LocalDate.of(2026, 7, 31));
    await(proofs.add(document));

    assertThat(await(proofs.of(document.person()))).containsExactly(document);
  }

  @Test
  void aBulkJobIsAnsweredLineByLineAndFinishedOnce() {
    BulkJobsInDatabase jobs = new BulkJobsInDatabase(database.sessions());
    BulkJob job = new BulkJob(UUID.randomUUID(), CLINIC, "LOOK_UP", NOON, Counter.KIOSK, 3, null);
    await(jobs.ask(job, List.of("a", "b", "c")));
    assertThat(await(jobs.byId(CLINIC, job.id()))).contains(job);
    assertThat(await(jobs.byId(new InstitutionCode("1312345688"), job.id()))).isEmpty();

    await(jobs.answer(job.id(), List.of(new Line(1, "a", "A"), new Line(3, "c", "C"))));
    assertThat(await(jobs.finish(job.id(), NOON))).isFalse();
    assertThat(await(jobs.unanswered(job.id(), 10))).containsExactly(new Line(2, "b", null));
    await(jobs.answer(job.id(), List.of(new Line(1, "a", "again"), new Line(2, "b", "B"))));

    assertThat(await(jobs.finish(job.id(), NOON.plusSeconds(1)))).isTrue();
    assertThat(await(jobs.finish(job.id(), NOON.plusSeconds(2)))).isFalse();
    assertThat(await(jobs.lines(job.id()))).extracting(Line::answer).containsExactly("A", "B", "C");
    assertThat(await(jobs.unfinished(1000))).extracting(BulkJob::id).doesNotContain(job.id());
  }

  @Test
  void aDegradedRecordIsReconciledAtMostOnce() {
    ReconciliationsInDatabase kept = new ReconciliationsInDatabase(database.sessions());
    Reconciliation first = reconciliation(1, "ANSWERED");
    assertThat(await(kept.keep(first))).isEmpty();
    assertThat(await(kept.keep(reconciliation(1, "SOMETHING_ELSE")))).contains(first);
    await(kept.keep(reconciliation(2, "REFUSED")));

    assertThat(await(kept.last(CLINIC, "kiosk-1", "chain-a"))).isEqualTo(2);
    assertThat(await(kept.last(CLINIC, "kiosk-1", "chain-b"))).isZero();
  }

  private static Reconciliation reconciliation(long number, String outcome) {
    return new Reconciliation(
        CLINIC, "kiosk-1", "chain-a", number, Digest.of(new byte[] {1}), null, outcome, NOON);
  }

  @Test
  void anAnswerIsKeptForADayUnderItsCertificateAndKey() {
    AnswersInDatabase answers = new AnswersInDatabase(database.sessions());
    Digest mine = Digest.of("mine".getBytes(UTF_8));
    Digest other = Digest.of("other".getBytes(UTF_8));
    KeptAnswer answer = answer("first", NOON);
    assertThat(await(answers.keep(mine, "key", answer))).isTrue();
    assertThat(await(answers.keep(mine, "key", answer("second", NOON)))).isFalse();

    Instant end = NOON.plus(Duration.ofHours(24));
    assertThat(await(answers.find(mine, "key", end.minusNanos(1000))).orElseThrow().answer())
        .isEqualTo("first".getBytes(UTF_8));
    assertThat(await(answers.find(other, "key", NOON))).isEmpty();
    assertThat(await(answers.find(mine, "key", end))).isEmpty();
    assertThat(await(answers.keep(mine, "key", answer("third", end)))).isTrue();
    assertThat(await(answers.forget(end.plus(Duration.ofHours(24))))).isEqualTo(1);
  }

  private static KeptAnswer answer(String text, Instant at) {
    return new KeptAnswer(Digest.of(new byte[] {9}), 200, text.getBytes(UTF_8), at);
  }

  @Test
  void idsOfEventsRiseInTheOrderOfTheCommits() throws Exception {
    EventsInDatabase events = new EventsInDatabase(database.sessions());
    long before = await(events.newest());
    List<GroupCommitter> nodes = Counter.listOf(4, ignored -> committer());
    List<Uni<Committed>> commits = new ArrayList<>();
    for (int at = 0; at < 200; at++) {
      commits.add(nodes.get(at % 4).commit(answered(challenge(), somebody())));
    }
    List<Long> seen = new ArrayList<>();
    Thread subscriber =
        Thread.startVirtualThread(() -> {
          long last = before;
          while (seen.size() < 200) {
            for (ReadEvents.NumberedEvent event : await(events.after(CLINIC, last, 1000))) {
              last = event.id();
              seen.add(last);
            }
          }
        });

    await(Uni.join().all(commits).andFailFast());

    assertThat(subscriber.join(Duration.ofSeconds(30))).isTrue();
    assertThat(seen).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aSealIsKeptOnceAndWhatLiesBehindItIsUnsealed() {
    SealsInDatabase seals = new SealsInDatabase(database.sessions());
    AuditEpoch epoch =
        await(new EpochsInDatabase(database.sessions()).of(Counter.freshNode(), NOON));
    GroupCommitter committer = database.committer(epoch);
    await(committer.commit(answered(challenge(), somebody())));
    List<AuditReceipt> unsealed = await(seals.unsealed(epoch.chain(), 100));
    assertThat(unsealed).extracting(AuditReceipt::number).containsExactly(1L, 2L);
    AuditSeal seal = AuditSeal.over(1, unsealed, NOON, new TimeStampToken(new byte[] {1, 2, 3}));

    assertThat(await(seals.seal(seal))).isTrue();
    assertThat(await(seals.seal(seal))).isFalse();
    AuditWitness witness = new AuditWitness(unsealed.getLast(), NOON);
    await(seals.witness(witness));
    await(seals.witness(witness));

    assertThat(await(seals.seals(epoch.chain()))).containsExactly(seal);
    assertThat(await(seals.witnesses(epoch.chain()))).containsExactly(witness);
    assertThat(await(seals.unsealed(epoch.chain(), 100))).isEmpty();
    assertThat(await(seals.chainsToSeal())).doesNotContain(epoch.chain());
    await(committer.commit(answered(challenge(), somebody())));
    assertThat(await(seals.chainsToSeal())).contains(epoch.chain());
    assertThat(
            AuditVerifier.verify(
                epoch.chain(),
                await(new AuditInDatabase(database.sessions()).after(epoch.chain(), 0, 100))
                    .iterator(),
                List.of(),
                await(seals.seals(epoch.chain())),
                await(seals.witnesses(epoch.chain())),
                (root, token) -> true))
        .isInstanceOf(AuditFinding.Intact.class);
  }

  @Test
  void aLinkIsMadeInTheCommitOfItsCheckAndOneForSomebodyElseWritesNothing() {
    AuditEpoch epoch =
        await(new EpochsInDatabase(database.sessions()).of(Counter.freshNode(), NOON));
    GroupCommitter committer = database.committer(epoch);
    PersonId person = person("P-link");
    PersonId other = person("P-link-other");
    HolderLink link = new HolderLink("P-link link");
    CheckStation first = linking(Counter.answered(Counter.challenge(), person), link, person);
    CheckStation second = linking(Counter.answered(Counter.challenge(), other), link, other);

    assertThat(await(committer.commit(first))).isInstanceOf(Committed.Done.class);
    assertThat(await(committer.commit(second))).isEqualTo(new Committed.Overtaken());

    assertThat(first.audited().details()).containsEntry("linked", "BY_RENEWAL");
    assertThat(await(new RegistrationsInDatabase(database.sessions()).find(link)))
        .hasValueSatisfying(made -> assertThat(made.person()).isEqualTo(person));
    ChecksInDatabase checks = new ChecksInDatabase(database.sessions());
    assertThat(await(checks.byId(first.check().id(), Counter.CLINIC))).isPresent();
    assertThat(await(checks.byId(second.check().id(), Counter.CLINIC))).isEmpty();
  }

  private static CheckStation linking(CheckStation check, HolderLink link, PersonId person) {
    Registration registration = new Registration(link, person, NOON, null, null);
    return new CheckStation(
        check.check(),
        check.challenge(),
        check.pass(),
        check.actor(),
        check.particulars(),
        check.evidence(),
        check.told(),
        check.kept(),
        Optional.of(new Linking(registration, Optional.empty())));
  }

  @Test
  void aRegistrationBeginsEndsAndBeginsAgainForTheSamePersonOnly() {
    RegistrationsInDatabase registrations = new RegistrationsInDatabase(database.sessions());
    PersonId person = person("P-reg");
    PersonId other = person("P-reg-other");
    HolderLink link = new HolderLink("P-reg link");
    HolderLink old = new HolderLink("P-reg old link");
    Registration registration = new Registration(link, person, NOON, null, old);

    assertThat(await(registrations.begin(registration))).isTrue();
    assertThat(await(registrations.find(link))).contains(registration);
    await(registrations.end(link, NOON.plusSeconds(60)));
    await(registrations.end(link, NOON.plusSeconds(120)));
    assertThat(await(registrations.find(link)).orElseThrow().endedAt())
        .isEqualTo(NOON.plusSeconds(60));
    assertThat(await(registrations.begin(new Registration(link, other, NOON, null, null))))
        .isFalse();
    assertThat(
            await(
                registrations.begin(
                    new Registration(link, person, NOON.plusSeconds(180), null, old))))
        .isTrue();
    assertThat(await(registrations.find(link)).orElseThrow().endedAt()).isNull();
    assertThat(await(registrations.person(new PersonCode("P-reg"))))
        .hasValueSatisfying(found -> assertThat(found.id()).isEqualTo(person));
  }

  @Test
  void grantsEvidenceAndAccessesOfAPersonAreFound() {
    PersonId person = person("P-seen");
    GroupCommitter committer = committer();
    CheckStation check = answered(challenge(), person);
    await(committer.commit(check));
    await(committer.commit(consented(check, NOON.plusSeconds(5), CARE)));
    ChecksInDatabase checks = new ChecksInDatabase(database.sessions());

    assertThat(
            await(checks.of(CLINIC, person, NOON.plusSeconds(6)))
                .liveCategories(check.check().id(), NOON.plusSeconds(6)))
        .containsExactly(CARE);
    assertThat(await(checks.of(CLINIC, person, NOON.plus(Duration.ofHours(25)))).decisions())
        .isEmpty();
    assertThat(await(checks.of(check.check().id())))
        .extracting(Evidence::digest)
        .containsExactlyInAnyOrderElementsOf(
            check.evidence().stream().map(Evidence::digest).toList());
    assertThat(await(new AuditInDatabase(database.sessions()).of(person, NOON, 10)))
        .extracting(each -> each.entry().event().kind())
        .containsExactly(AuditKind.CONSENT, AuditKind.CHECK);
  }

  private GroupCommitter committer() {
    return database.committer(
        await(new EpochsInDatabase(database.sessions()).of(Counter.freshNode(), NOON)));
  }

  private PersonId person(String code) {
    database.take(
        people("person-" + code),
        insured("1", code, "2026-04-01", null),
        registered("2", code, code));
    return ((HolderCoverage.Linked)
            await(new CoverageInDatabase(database.sessions()).byHolder(Counter.link(code))))
        .person()
        .id();
  }

  private static StaffAccount account(String login) {
    return new StaffAccount(
        new StaffId(UUID.randomUUID()),
        CLINIC,
        login,
        "佐藤 一郎",
        StaffRole.CLERK,
        new PasswordHash(
            "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY$"
                + "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI"),
        true,
        Lockout.none());
  }

  private static Institution institution(String code, String name, MedicalCategory... offered) {
    return new Institution(
        new InstitutionCode(code),
        name,
        InstitutionKind.CLINIC,
        new Prefecture("13"),
        new ValidPeriod(LocalDate.of(2020, 4, 1), null),
        Set.of(offered),
        true,
        false);
  }
}
