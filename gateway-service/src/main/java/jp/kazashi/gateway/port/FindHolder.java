package jp.kazashi.gateway.port;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.holder.HolderKey;
import jp.kazashi.qualification.person.PersonCode;

/** The JPKI's directory of holders: whose a certificate is, and which ones came before it. */
@FunctionalInterface
public interface FindHolder {
  /** It never fails: a directory that is away is an answer. */
  Uni<Listing> of(CertId certificate);

  /** What the directory says. */
  sealed interface Listing {
    /**
     * Whose it is.
     *
     * @param predecessors the nearest first
     */
    record Listed(PersonCode code, List<Predecessor> predecessors) implements Listing {
      public Listed {
        predecessors = List.copyOf(predecessors);
      }
    }

    record NotListed() implements Listing {}

    /** Away, or not to be understood. */
    record Unavailable() implements Listing {}
  }

  /**
   * A certificate that was renewed, or the card on whose strength a phone got its own.
   *
   * @param ends its last valid second, where the directory knows it
   */
  record Predecessor(HolderKey holder, Optional<Instant> ends) {}

  /** Where there is no directory nobody is listed. */
  static FindHolder none() {
    return certificate -> Uni.createFrom().item(new Listing.NotListed());
  }
}
