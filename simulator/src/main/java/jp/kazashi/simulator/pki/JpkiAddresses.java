package jp.kazashi.simulator.pki;

import java.net.URI;

/** Where a world's JPKI answers; its certificates name these. All beside its OCSP responder. */
public record JpkiAddresses(URI ocsp) {
  public URI crl(Issuer issuer) {
    return ocsp.resolve("/crl/" + issuer.fileName() + ".crl");
  }

  public URI deltaCrl(Issuer issuer) {
    return ocsp.resolve("/crl/" + issuer.fileName() + "-delta.crl");
  }

  public URI timeStamps() {
    return ocsp.resolve("/tsa");
  }

  public URI directory() {
    return ocsp.resolve("/directory/holders");
  }
}
