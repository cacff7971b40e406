package jp.kazashi.simulator.directory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.kazashi.simulator.pki.CertificateNumber;
import jp.kazashi.simulator.pki.Holding;
import jp.kazashi.simulator.pki.Issuer.Carrier;
import jp.kazashi.simulator.pki.SimulatedJpki;

/** Who holds a certificate: a code that tells nothing, the one insurers' feeds carry too. */
public final class HolderDirectory {
  private final SimulatedJpki jpki;

  public HolderDirectory(SimulatedJpki jpki) {
    this.jpki = jpki;
  }

  /** What is listed of a certificate, the nearest predecessor first. */
  public record Listed(String personCode, List<Predecessor> predecessors) {
    public Listed {
      predecessors = List.copyOf(predecessors);
    }
  }

  /**
   * A certificate that came before.
   *
   * @param ends its last valid second, where it is known
   */
  public record Predecessor(
      Relation relation, CertificateNumber certificate, Optional<Instant> ends) {}

  /** What a certificate was to the one after it. */
  public enum Relation {
    /** Renewed by it. */
    RENEWED,
    /** The card on whose strength a phone got its own. */
    PARENT_CARD
  }

  /** Empty where nobody is listed. */
  public Optional<Listed> find(CertificateNumber certificate) {
    return jpki.holding(certificate)
        .map(holding -> new Listed(holding.personCode(), predecessors(certificate, holding)));
  }

  private List<Predecessor> predecessors(CertificateNumber certificate, Holding holding) {
    List<Predecessor> all = new ArrayList<>();
    collect(certificate, holding, all, new HashSet<>(Set.of(certificate)));
    return all;
  }

  private void collect(
      CertificateNumber after,
      Holding holding,
      List<Predecessor> all,
      Set<CertificateNumber> seen) {
    for (CertificateNumber before : holding.predecessors()) {
      if (seen.add(before)) {
        all.add(new Predecessor(relation(before, after), before, jpki.ends(before)));
        jpki.holding(before).ifPresent(its -> collect(before, its, all, seen));
      }
    }
  }

  private static Relation relation(CertificateNumber before, CertificateNumber after) {
    return after.issuer().carrier() == Carrier.PHONE && before.issuer().carrier() == Carrier.CARD
        ? Relation.PARENT_CARD
        : Relation.RENEWED;
  }
}
