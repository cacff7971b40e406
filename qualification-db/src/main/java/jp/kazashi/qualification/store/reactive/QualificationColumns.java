package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Writes many qualifications in one statement. */
final class QualificationColumns {
  private static final String INSERT =
      """
      insert into qualification
        (id, person_id, kind, payer, payer_name, symbol, number, search_key, branch,
         relationship, name, name_kana, birth_date, sex, post_code, address,
         contribution_ratio, issued_on, valid_from, valid_to, loss_reason, card_class,
         householder, other_name, other_name_kana, preschool, card_valid_from, card_valid_to,
         certificates, undisclosed, provision_barred, stated_at, recorded_from)
      select * from unnest(
        $1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
        $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::date[],
        $14::text[], $15::text[], $16::text[], $17::integer[], $18::date[], $19::date[],
        $20::date[], $21::text[], $22::text[], $23::text[], $24::text[], $25::text[],
        $26::boolean[], $27::date[], $28::date[], $29::text[], $30::boolean[], $31::boolean[],
        $32::timestamptz[], $33::timestamptz[])
      """;

  private QualificationColumns() {}

  static Uni<Void> insert(StatelessSession session, List<QualificationRow> rows) {
    if (rows.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return Database.update(
            session,
            INSERT,
            Columns.of(rows, row -> row.id, UUID[]::new),
            Columns.of(rows, row -> row.personId, UUID[]::new),
            Columns.of(rows, row -> row.kind.name(), String[]::new),
            Columns.of(rows, row -> row.payer, String[]::new),
            Columns.of(rows, row -> row.payerName, String[]::new),
            Columns.of(rows, row -> row.symbol, String[]::new),
            Columns.of(rows, row -> row.number, String[]::new),
            Columns.of(rows, row -> row.searchKey, String[]::new),
            Columns.of(rows, row -> row.branch, String[]::new),
            Columns.of(rows, row -> row.relationship.name(), String[]::new),
            Columns.of(rows, row -> row.name, String[]::new),
            Columns.of(rows, row -> row.nameKana, String[]::new),
            Columns.of(rows, row -> row.birthDate, LocalDate[]::new),
            Columns.of(rows, row -> row.sex.name(), String[]::new),
            Columns.of(rows, row -> row.postCode, String[]::new),
            Columns.of(rows, row -> row.address, String[]::new),
            Columns.of(rows, row -> row.contributionRatio, Integer[]::new),
            Columns.of(rows, row -> row.issuedOn, LocalDate[]::new),
            Columns.of(rows, row -> row.validFrom, LocalDate[]::new),
            Columns.of(rows, row -> row.validTo, LocalDate[]::new),
            Columns.of(
                rows, row -> row.lossReason == null ? null : row.lossReason.name(), String[]::new),
            Columns.of(rows, row -> row.cardClass.name(), String[]::new),
            Columns.of(rows, row -> row.householder, String[]::new),
            Columns.of(rows, row -> row.otherName, String[]::new),
            Columns.of(rows, row -> row.otherNameKana, String[]::new),
            Columns.of(rows, row -> row.preschool, Boolean[]::new),
            Columns.of(rows, row -> row.cardValidFrom, LocalDate[]::new),
            Columns.of(rows, row -> row.cardValidTo, LocalDate[]::new),
            Columns.of(rows, row -> row.certificates, String[]::new),
            Columns.of(rows, row -> row.undisclosed, Boolean[]::new),
            Columns.of(rows, row -> row.provisionBarred, Boolean[]::new),
            Columns.of(rows, row -> Database.timeOrNull(row.statedAt), OffsetDateTime[]::new),
            Columns.of(rows, row -> Database.time(row.recordedFrom), OffsetDateTime[]::new))
        .replaceWithVoid();
  }
}
