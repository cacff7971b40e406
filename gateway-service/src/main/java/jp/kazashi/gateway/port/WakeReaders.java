package jp.kazashi.gateway.port;

import jp.kazashi.qualification.institution.InstitutionCode;

/** Tells the readers of an institution's events that there may be more. It may be lost. */
public interface WakeReaders {
  void wake(InstitutionCode institution);
}
