package jp.kazashi.qualification.store.reactive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.audit.NodeId;
import jp.kazashi.qualification.check.AnswerSnapshot;
import jp.kazashi.qualification.check.ChallengeKey;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.check.CheckRecord;
import jp.kazashi.qualification.check.ConfirmedBy;
import jp.kazashi.qualification.consent.ConsentDecision;
import jp.kazashi.qualification.holder.HolderLink;
import jp.kazashi.qualification.institution.Actor;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.intake.BatchId;
import jp.kazashi.qualification.intake.FeedText;
import jp.kazashi.qualification.intake.IntakeKind;
import jp.kazashi.qualification.intake.Sender;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.person.InsurerNumber;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.store.Delivery;
import jp.kazashi.qualification.store.Evidence;
import jp.kazashi.qualification.store.Station.CheckStation;
import jp.kazashi.qualification.store.Station.ConsentStation;
import jp.kazashi.qualification.store.StationEvent;
import org.jspecify.annotations.Nullable;

/** What happens at the counter in these tests. */
final class Counter {
  static final Instant NOON = Instant.parse("2026-11-20T03:00:00.123456Z");
  static final InstitutionCode CLINIC = new InstitutionCode("1312345670");
  static final InsurerNumber INSURER = InsurerNumber.completing("0613001");
  static final Actor KIOSK =
      new Actor("1312345670", "READER", "kiosk-1", Digest.of(new byte[] {1}));

  private static final AtomicInteger NODES = new AtomicInteger();

  private Counter() {}

  static NodeId freshNode() {
    return new NodeId("node-" + NODES.incrementAndGet());
  }

  static CheckStation answered(ChallengeKey challenge, PersonId person) {
    return answered(
        new CheckId(UUID.randomUUID()), challenge, person, "{\"outcome\":\"ANSWERED\"}");
  }

  static CheckStation answered(CheckId id, ChallengeKey challenge, PersonId person, String event) {
    CheckRecord check =
        new CheckRecord(
            id,
            NOON,
            CLINIC,
            "kiosk-1",
            ConfirmedBy.PIN,
            null,
            person,
            "NORMAL",
            Instant.parse("2028-01-01T14:59:59Z"),
            Set.of(MedicalCategory.MEDICATION, MedicalCategory.CARE),
            new AnswerSnapshot(("{\"checkId\":\"" + id + "\"}").getBytes(UTF_8)));
    return new CheckStation(
        check,
        Optional.of(challenge),
        KIOSK,
        Map.of("generation", "G3"),
        List.of(
            new Evidence("SIGNATURE", id.toString().getBytes(UTF_8)),
            new Evidence("CRL", "one list for all".getBytes(UTF_8))),
        Optional.of(new StationEvent(CLINIC, NOON, "CHECK_ANSWERED", id, event)));
  }

  static ConsentStation consented(CheckStation check, Instant at, MedicalCategory... granted) {
    PersonId person = check.check().person();
    if (person == null) {
      throw new IllegalArgumentException("Nobody to consent");
    }
    return new ConsentStation(
        ConsentDecision.made(
            check.check().id(),
            person,
            CLINIC,
            Set.of(granted),
            at,
            Instant.parse("2028-01-01T14:59:59Z")),
        KIOSK,
        Optional.empty());
  }

  static ChallengeKey challenge() {
    return new ChallengeKey(NOON.minusSeconds(20), UUID.randomUUID());
  }

  static PersonId somebody() {
    return new PersonId(UUID.randomUUID());
  }

  static Delivery people(String batch) {
    return people(batch, NOON);
  }

  static Delivery people(String batch, Instant at) {
    return Delivery.ndjson(
        new BatchId(batch), IntakeKind.QUALIFICATIONS, new Sender.Payer(INSURER), at);
  }

  static Delivery claims(String batch) {
    return Delivery.ndjson(new BatchId(batch), IntakeKind.CLAIMS, new Sender.Payer(INSURER), NOON);
  }

  static Delivery checkups(String batch) {
    return Delivery.ndjson(
        new BatchId(batch), IntakeKind.CHECKUPS, new Sender.Payer(INSURER), NOON);
  }

  static Delivery sentBy(Sender sender, Delivery delivery) {
    return new Delivery(
        delivery.batch(),
        delivery.intake(),
        sender,
        delivery.receivedAt(),
        delivery.whole(),
        delivery.form(),
        delivery.encoding());
  }

  static Delivery whole(Delivery delivery) {
    return new Delivery(
        delivery.batch(),
        delivery.intake(),
        delivery.sender(),
        delivery.receivedAt(),
        true,
        delivery.form(),
        delivery.encoding());
  }

  static String insured(String line, String code, String from, @Nullable String to) {
    return insured(line, code, code + "-1", "01", from, to, "東京都千代田区1-1");
  }

  static String insured(
      String line,
      String code,
      String number,
      String branch,
      String from,
      @Nullable String to,
      String address) {
    return FeedText.json(
        "qualification",
        "line",
        line,
        "personCode",
        code,
        "symbol",
        "記号１",
        "number",
        number,
        "branchNumber",
        branch,
        "issuedOn",
        from,
        "validFrom",
        from,
        "validTo",
        to,
        "lossReason",
        to == null ? null : "OTHER_INSURANCE",
        "address",
        address);
  }

  /** The link that a registration under this serial makes in these tests. */
  static HolderLink link(String serial) {
    return new HolderLink("link of " + serial);
  }

  static String registered(String line, String code, String serial) {
    return FeedText.json("registration", "line", line, "personCode", code, "serial", serial);
  }

  static String drug(String line, String code, String month, String day) {
    return FeedText.json(
        "medication", "line", line, "personCode", code, "month", month, "date", day);
  }

  static LocalDate fiveYearsBefore(Instant at) {
    return LocalDate.ofInstant(at, ZoneId.of("Asia/Tokyo")).minusYears(5);
  }

  static <T> List<T> listOf(int count, IntFunction<T> each) {
    List<T> list = new ArrayList<>();
    for (int at = 0; at < count; at++) {
      list.add(each.apply(at));
    }
    return list;
  }
}
