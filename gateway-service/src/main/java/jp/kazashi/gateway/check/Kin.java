package jp.kazashi.gateway.check;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.kazashi.qualification.holder.HolderLink;
import jp.kazashi.qualification.person.PersonCode;
import jp.kazashi.qualification.store.HolderCoverage;

/** What is known of an unlinked certificate's holder besides the certificate. */
public sealed interface Kin {

  /** There was no need: the certificate is linked, or not trusted. */
  record NotAsked() implements Kin {}

  record NotListed() implements Kin {}

  record Unavailable() implements Kin {}

  /**
   * The directory knows the holder.
   *
   * @param began when the certificate itself began
   * @param before the certificates before it, the nearest first
   */
  record Listed(PersonCode code, Instant began, List<Before> before) implements Kin {
    public Listed {
      before = List.copyOf(before);
    }
  }

  /** One that came before, and whether it is registered here. */
  record Before(HolderLink link, Optional<Instant> ends, HolderCoverage coverage) {}
}
