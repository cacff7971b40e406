package jp.kazashi.jpki.revocation;

import java.util.List;
import java.util.concurrent.CompletionStage;
import jp.kazashi.jpki.certificate.CertId;

/** Gathers evidence about a certificate. Decides nothing, and never fails: silence is evidence. */
public interface FetchRevocation {
  CompletionStage<List<RevocationEvidence>> about(CertId certificate);
}
