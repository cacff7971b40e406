package jp.kazashi.gateway.adapter.revocation;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import jp.kazashi.jpki.certificate.CertId;

/** This node's own memory in front of the one that all nodes share. */
public final class NearMemory implements OcspMemory {
  private final int most;
  private final OcspMemory shared;
  private final RevocationMeters meters;
  private final Map<CertId, Remembered> answers = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Empty at first.
   *
   * @param most answers; of more, the one not asked for longest is forgotten
   */
  public NearMemory(int most, OcspMemory shared, RevocationMeters meters) {
    this.most = most;
    this.shared = shared;
    this.meters = meters;
  }

  @Override
  public Uni<Optional<Remembered>> recall(CertId certificate, Instant at) {
    Optional<Remembered> near = near(certificate, at);
    if (near.isPresent()) {
      meters.recalled("node");
      return Uni.createFrom().item(near);
    }
    return shared
        .recall(certificate, at)
        .invoke(found -> {
          meters.recalled(found.isPresent() ? "redis" : "none");
          found.ifPresent(answer -> keep(certificate, answer));
        });
  }

  @Override
  public Uni<Void> remember(CertId certificate, Remembered answer) {
    keep(certificate, answer);
    return shared.remember(certificate, answer);
  }

  private Optional<Remembered> near(CertId certificate, Instant at) {
    synchronized (answers) {
      Remembered known = answers.get(certificate);
      if (known == null) {
        return Optional.empty();
      }
      if (!known.isYoung(at)) {
        answers.remove(certificate);
        return Optional.empty();
      }
      return Optional.of(known);
    }
  }

  private void keep(CertId certificate, Remembered answer) {
    synchronized (answers) {
      answers.put(certificate, answer);
      if (answers.size() > most) {
        answers.remove(answers.keySet().iterator().next());
      }
    }
  }
}
