package jp.kazashi.qualification.feed;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.kazashi.qualification.intake.FeedText.csv;
import static jp.kazashi.qualification.intake.FeedText.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import jp.kazashi.qualification.coverage.Qualification;
import jp.kazashi.qualification.intake.FeedEncoding;
import jp.kazashi.qualification.intake.FeedForm;
import jp.kazashi.qualification.intake.FeedLine;
import jp.kazashi.qualification.intake.FeedText;
import jp.kazashi.qualification.intake.IntakeKind;
import jp.kazashi.qualification.intake.IntakeTally;
import jp.kazashi.qualification.intake.KnownPeople;
import jp.kazashi.qualification.intake.LineLedger;
import jp.kazashi.qualification.intake.PeopleChange;
import jp.kazashi.qualification.intake.PeopleRule;
import jp.kazashi.qualification.intake.PersonKey;
import jp.kazashi.qualification.intake.ReadLine;
import jp.kazashi.qualification.intake.RecordDraft;
import jp.kazashi.qualification.intake.RecordRule;
import jp.kazashi.qualification.intake.RejectedLine;
import jp.kazashi.qualification.intake.Sender;
import jp.kazashi.qualification.medical.CheckupCatalogue;
import jp.kazashi.qualification.person.BranchNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedReaderTest {
  @Test
  void csvInBothEncodingsSaysWhatJsonSays() throws Exception {
    Map<String, Object> good = fields("qualification", "address", "東京都\"千代田区\", 1-1");
    String csv = csv(List.of(good, fields("qualification", "line", "2", "symbol", "髙﨑")));

    List<ReadLine> utf8 = read(FeedForm.CSV, FeedEncoding.UTF_8, csv.getBytes(UTF_8));
    List<ReadLine> cp932 =
        read(FeedForm.CSV, FeedEncoding.CP932, csv.getBytes(FeedEncoding.CP932.charset()));

    assertThat(ids(utf8)).containsExactly("1", "2");
    assertThat(ids(cp932)).containsExactly("1", "2");
    assertThat(utf8).allMatch(FeedLine.class::isInstance);
    assertThat(qualification(utf8.getFirst())).isEqualTo(qualification(cp932.getFirst()));
    assertThat(qualification(utf8.getFirst()).insured().address()).isEqualTo("東京都\"千代田区\", 1-1");
  }

  private static Qualification qualification(ReadLine line) {
    IntakeTally tally = new IntakeTally(new LineLedger(Set.of()));
    List<PeopleChange> changes =
        PeopleRule.judge(
            List.of((FeedLine) line),
            tally,
            KnownPeople.nobody(),
            new Sender.ClearingHouse("1"),
            Instant.EPOCH,
            () -> new UUID(0, 0),
            (issuer, serial) -> {
              throw new IllegalArgumentException("no holder here");
            });
    assertThat(tally.rejected()).isEmpty();
    return ((PeopleChange.Add) changes.getLast()).qualification();
  }

  @Test
  void aLineWithoutAnIdIsCalledByItsNumber() throws Exception {
    List<ReadLine> lines =
        json(
            FeedText.json("medication", "line", null),
            "",
            FeedText.json("medication", "line", null));

    assertThat(ids(lines)).containsExactly("1", "3");
  }

  @Test
  void whatIsNotReadInTheDeclaredEncodingIsRejectedWithItsLine() throws Exception {
    byte[] shiftJis = FeedText.json("medication").getBytes(FeedEncoding.CP932.charset());
    byte[] good = ("\n" + FeedText.json("medication", "line", "good")).getBytes(UTF_8);

    List<ReadLine> lines = read(FeedForm.NDJSON, FeedEncoding.UTF_8, joined(shiftJis, good));

    assertThat(lines.getFirst())
        .isEqualTo(new RejectedLine("1", "encoding", "cannot be read as UTF-8"));
    assertThat(lines.getLast()).isInstanceOf(FeedLine.class);
  }

  @Test
  void utf8IsNotReadAsWindows31j() throws Exception {
    byte[] csv = csv(List.of(fields("medication", "name", "𠮷田錠"))).getBytes(UTF_8);

    assertThat(read(FeedForm.CSV, FeedEncoding.CP932, csv))
        .containsExactly(new RejectedLine("2", "encoding", "cannot be read as windows-31j"));
  }

  @Test
  void aByteOrderMarkIsAllowedAtTheBeginningOnly() throws Exception {
    String good = FeedText.json("medication");

    assertThat(json("\uFEFF" + good)).hasOnlyElementsOfType(FeedLine.class);
    assertThat(json(good, "\uFEFF" + FeedText.json("medication", "line", "2")).getLast())
        .isEqualTo(new RejectedLine("2", "encoding", "has a byte order mark inside"));
    assertThatThrownBy(() -> read(FeedForm.CSV, FeedEncoding.CP932, "\uFEFFtype".getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            DeliveryRefused.class,
            refused -> assertThat(refused.rejected().field()).isEqualTo("encoding"));
    assertThatThrownBy(
            () -> read(FeedForm.NDJSON, FeedEncoding.UTF_8, ("\uFEFF" + good).getBytes(UTF_16LE)))
        .isInstanceOfSatisfying(
            DeliveryRefused.class,
            refused -> assertThat(refused.rejected().field()).isEqualTo("encoding"));
  }

  @Test
  void aLineThatIsTooLongIsRejectedAndTheNextIsRead() throws Exception {
    String exact = "x".repeat(65_536);

    List<ReadLine> lines = json(exact, exact + "x", FeedText.json("medication", "line", "good"));

    assertThat(lines)
        .startsWith(
            new RejectedLine("1", "line", "is not JSON"),
            new RejectedLine("2", "line", "is longer than 65536 bytes"));
    assertThat(lines.getLast()).isInstanceOf(FeedLine.class);
  }

  @Test
  void aLineOfTenGigabytesIsGivenUpLongBeforeItsEnd() {
    Endless body = new Endless(10L << 30);
    FeedReader reader =
        new FeedReader(
            IntakeKind.CLAIMS, FeedForm.NDJSON, FeedEncoding.UTF_8, CodeNames.small(), body);

    assertThatThrownBy(reader::next)
        .isInstanceOfSatisfying(
            DeliveryRefused.class,
            refused -> assertThat(refused.rejected().field()).isEqualTo("line"));
    assertThat(body.given).isLessThan(17L << 20);
  }

  /** One line that has no end for a long time. */
  private static final class Endless extends InputStream {
    private final long size;
    private long given;

    Endless(long size) {
      this.size = size;
    }

    @Override
    public int read() {
      return given++ < size ? 'x' : -1;
    }

    @Override
    public int read(byte[] into, int from, int count) {
      if (given >= size) {
        return -1;
      }
      Arrays.fill(into, from, from + count, (byte) 'x');
      given += count;
      return count;
    }
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "[1]|line|is not an object",
        "{\"type\":\"medication\"|line|is not JSON",
        "{\"type\":\"medication\"} {}|line|goes on after its object",
        "{\"type\":\"medication\",\"name\":{}}|name|is not a text, a number or a truth",
        "{\"type\":\"medication\",\"name\":[1]}|name|is not a text, a number or a truth",
        "{\"type\":\"medication\",\"name\":\"a\",\"name\":\"b\"}|name|comes twice",
        "{\"type\":\"medication\",\"colour\":\"red\"}|colour|is unknown in a medication",
        "{\"type\":\"checkup\"}|type|is no type of line of this intake",
        "{\"name\":\"a\"}|type|is no type of line of this intake"
      })
  void whatIsNoFlatObjectOfThisIntakeIsRejected(String text, String field, String reason)
      throws Exception {
    assertThat(json(text)).containsExactly(new RejectedLine("1", field, reason));
  }

  @Test
  void itemsOfACheckupMayBeAnObject() throws Exception {
    String text =
        "{\"type\":\"checkup\",\"items\":{\"9N001000000000001\":158.2,\"9N736000000000011\":\"3\"}}";

    List<ReadLine> lines =
        read(IntakeKind.CHECKUPS, FeedForm.NDJSON, FeedEncoding.UTF_8, text.getBytes(UTF_8));

    assertThat(lines).hasOnlyElementsOfType(FeedLine.class);
  }

  @Test
  void aCsvWithAnUnknownColumnIsRefusedWhole() {
    assertThatThrownBy(
            () -> read(FeedForm.CSV, FeedEncoding.UTF_8, "type,line,colour\n".getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            DeliveryRefused.class,
            refused ->
                assertThat(refused.rejected())
                    .isEqualTo(new RejectedLine("", "header", "The column colour is unknown")));
  }

  @Test
  void aCsvLineWithAnotherNumberOfFieldsIsRejected() throws Exception {
    assertThat(
            read(
                FeedForm.CSV,
                FeedEncoding.UTF_8,
                "type,line,name\nmedication,2\nmedication,3,\"a\n".getBytes(UTF_8)))
        .containsExactly(
            new RejectedLine("2", "line", "has 2 fields instead of 3"),
            new RejectedLine("3", "line", "has a quote that does not end"));
  }

  @Test
  void theNationalReceiptLayoutBecomesRecordsByDay() throws Exception {
    String receipt =
        String.join(
            "\r\n",
            "IR,1,13,1,2345670,,かざし内科,202609,,03-0000-0000",
            "RE,1,1112,202609,山田　花子,2,19850403,,,,,,,",
            "HO," + FeedText.INSURER + ",記号１,345,2,1000",
            "SN,1,01,,,,01,,",
            "SI,11,1,111000110,,291,1," + ",".repeat(6) + days(3),
            "SI,13,1,113001810,,225,1," + ",".repeat(6) + days(3),
            "SI,50,1,150000490,,6740,1," + ",".repeat(6) + days(4),
            "SI,60,1,160000310,,21,1," + ",".repeat(6) + days(3),
            "IY,21,1,610406079,2,3,14," + ",".repeat(6) + days(3, 10),
            "RE,2,1112,50809,無名,1,1850403,,,,,,,",
            "IY,21,1,610406079,2,3,14," + ",".repeat(6) + days(3));

    List<ReadLine> lines =
        read(FeedForm.RECEIPT, FeedEncoding.CP932, receipt.getBytes(FeedEncoding.CP932.charset()));

    assertThat(lines.stream().map(FeedReaderTest::described))
        .containsExactly(
            "care 1312345670-1-1",
            "care 1312345670-1-2",
            "surgery 1312345670-1-3",
            "medication 1312345670-1-4",
            "medication 1312345670-1-5",
            "rejected 10 birthDate");
    RecordRule rule =
        new RecordRule(CheckupCatalogue.standard(), LocalDate.of(2026, 11, 20), IntakeKind.CLAIMS);
    assertThat(rule.draft((FeedLine) lines.get(4)).refusal()).isNull();
    RecordDraft.Medication drug =
        (RecordDraft.Medication) rule.draft((FeedLine) lines.get(4)).draft();
    assertThat(drug).isNotNull();
    assertThat(drug.record().date()).isEqualTo(LocalDate.of(2026, 9, 10));
    assertThat(drug.record().name()).isEqualTo("ガスター錠２０ｍｇ");
    assertThat(drug.person())
        .isInstanceOfSatisfying(
            PersonKey.ByKeys.class,
            by -> {
              assertThat(by.keys().payer()).isEqualTo(FeedText.INSURER);
              assertThat(by.keys().birthDate()).isEqualTo(LocalDate.of(1985, 4, 3));
              assertThat(by.keys().branch()).isEqualTo(new BranchNumber("01"));
            });
  }

  /** The fields of days 1 to 31, with a count on some. */
  private static String days(int... counted) {
    String[] days = new String[31];
    Arrays.fill(days, "");
    for (int day : counted) {
      days[day - 1] = "1";
    }
    return String.join(",", days);
  }

  private static String described(ReadLine line) {
    return switch (line) {
      case FeedLine read -> read.type().word() + " " + read.line();
      case RejectedLine rejected -> "rejected " + rejected.line() + " " + rejected.field();
    };
  }

  private static List<String> ids(List<ReadLine> lines) {
    return lines.stream()
        .map(line ->
            switch (line) {
              case FeedLine read -> read.line();
              case RejectedLine rejected -> rejected.toString();
            })
        .toList();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static List<ReadLine> json(String... lines) throws Exception {
    return read(FeedForm.NDJSON, FeedEncoding.UTF_8, String.join("\n", lines).getBytes(UTF_8));
  }

  private static List<ReadLine> read(FeedForm form, FeedEncoding encoding, byte[] body)
      throws Exception {
    boolean people = new String(body, UTF_8).contains("qualification");
    return read(people ? IntakeKind.QUALIFICATIONS : IntakeKind.CLAIMS, form, encoding, body);
  }

  private static List<ReadLine> read(
      IntakeKind intake, FeedForm form, FeedEncoding encoding, byte[] body) throws Exception {
    FeedReader reader =
        new FeedReader(intake, form, encoding, CodeNames.small(), new ByteArrayInputStream(body));
    List<ReadLine> lines = new ArrayList<>();
    for (var next = reader.next(); next.isPresent(); next = reader.next()) {
      lines.add(next.get());
    }
    return lines;
  }
}
