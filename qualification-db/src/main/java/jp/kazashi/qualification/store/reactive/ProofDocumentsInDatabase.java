package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.util.List;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.proof.ProofDocument;
import jp.kazashi.qualification.store.KeepProofDocuments;
import org.hibernate.reactive.mutiny.Mutiny;

public final class ProofDocumentsInDatabase implements KeepProofDocuments {
  private final Database database;

  public ProofDocumentsInDatabase(Mutiny.SessionFactory sessions) {
    this.database = new Database(sessions);
  }

  @Override
  public Uni<Void> add(ProofDocument document) {
    return database
        .change(
            """
            insert into proof_document (id, person_id, kind, issue, issued_on, valid_to)
            values ($1, $2, $3, $4, $5, $6)
            """,
            document.id(),
            document.person().value(),
            document.kind().name(),
            document.issue().name(),
            document.issuedOn(),
            document.validTo())
        .replaceWithVoid();
  }

  @Override
  public Uni<List<ProofDocument>> of(PersonId person) {
    return database.rows(
        row ->
            new ProofDocument(
                row.uuid(0),
                new PersonId(row.uuid(1)),
                ProofDocument.Kind.valueOf(row.text(2)),
                ProofDocument.Issue.valueOf(row.text(3)),
                row.date(4),
                row.date(5)),
        """
        select id, person_id, kind, issue, issued_on, valid_to
        from proof_document where person_id = $1 order by issued_on, id
        """,
        person.value());
  }
}
