package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.proof.ProofDocument;

public interface KeepProofDocuments {
  Uni<Void> add(ProofDocument document);

  Uni<List<ProofDocument>> of(PersonId person);
}
