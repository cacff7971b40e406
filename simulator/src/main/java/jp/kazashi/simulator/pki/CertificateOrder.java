package jp.kazashi.simulator.pki;

import java.security.PublicKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.kazashi.simulator.pki.Issuer.Use;

/**
 * What is asked of an authority: a certificate for a key, from an instant to the end (23:59:59 in
 * Japan) of its last day.
 *
 * @param personCode who the holder directory says it belongs to; without one it is not listed
 * @param predecessors what the directory lists as its predecessors: the certificate it renews, or
 *     the parent card of a phone
 * @param attributes what a signature certificate, and only that, tells of its holder
 */
public record CertificateOrder(
    Issuer issuer,
    PublicKey holder,
    Instant from,
    LocalDate lastDay,
    Optional<String> personCode,
    List<CertificateNumber> predecessors,
    Optional<HolderAttributes> attributes) {
  public CertificateOrder {
    predecessors = List.copyOf(predecessors);
  }

  public static CertificateOrder of(
      Issuer issuer, PublicKey holder, Instant from, LocalDate lastDay) {
    return new CertificateOrder(
        issuer, holder, from, lastDay, Optional.empty(), List.of(), Optional.empty());
  }

  public CertificateOrder forPerson(String code) {
    return new CertificateOrder(
        issuer, holder, from, lastDay, Optional.of(code), predecessors, attributes);
  }

  public CertificateOrder after(IssuedCertificate predecessor) {
    return after(predecessor.number());
  }

  CertificateOrder after(CertificateNumber predecessor) {
    List<CertificateNumber> all = new ArrayList<>(predecessors);
    all.add(predecessor);
    return new CertificateOrder(issuer, holder, from, lastDay, personCode, all, attributes);
  }

  public CertificateOrder naming(HolderAttributes whom) {
    return new CertificateOrder(
        issuer, holder, from, lastDay, personCode, predecessors, Optional.of(whom));
  }

  /** Refuses what the authority would not issue. */
  void check() {
    if ((issuer.use() == Use.SIGNATURE) != attributes.isPresent()) {
      throw new IllegalArgumentException(
          "A signature certificate names its holder, and no other does");
    }
    if (personCode.isEmpty() && !predecessors.isEmpty()) {
      throw new IllegalArgumentException("Predecessors are listed of a person only");
    }
  }
}
