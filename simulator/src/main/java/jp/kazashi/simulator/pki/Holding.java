package jp.kazashi.simulator.pki;

import java.util.List;

/**
 * What the authority knows of the one who holds a certificate.
 *
 * @param predecessors the certificate it renewed, or the parent card of a phone
 */
public record Holding(String personCode, List<CertificateNumber> predecessors) {
  private static final String CODE = "[0-9A-Za-z._-]{1,64}";

  public Holding {
    predecessors = List.copyOf(predecessors);
    if (!personCode.matches(CODE)) {
      throw new IllegalArgumentException(
          "A person code is up to 64 letters, digits, dots, dashes and low lines");
    }
  }
}
