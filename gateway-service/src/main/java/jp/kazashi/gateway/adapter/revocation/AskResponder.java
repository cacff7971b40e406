package jp.kazashi.gateway.adapter.revocation;

import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Instant;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.revocation.RevocationEvidence;

/** One question to one responder. Never fails: silence is evidence. */
public interface AskResponder {
  Uni<RevocationEvidence> ask(URI responder, CertId certificate, Instant at);
}
