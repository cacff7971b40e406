package jp.kazashi.jpki.holder;

/** Where an instant stands in a certificate's life (facts A6, AC-02 to AC-05). */
public enum CertificatePhase {
  NORMAL,
  /** Three months before the end until the end: everything works, an alert is shown. */
  EXPIRING_SOON,
  /** Past the end: eligibility only. */
  GRACE,
  ENDED
}
