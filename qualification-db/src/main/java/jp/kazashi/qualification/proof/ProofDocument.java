package jp.kazashi.qualification.proof;

import java.time.LocalDate;
import java.util.UUID;
import jp.kazashi.qualification.person.PersonId;

/** 資格確認書 and what else proves a qualification beside a card (B5, B6). */
public record ProofDocument(
    UUID id, PersonId person, Kind kind, Issue issue, LocalDate issuedOn, LocalDate validTo) {
  public ProofDocument {
    if (validTo.isBefore(issuedOn)) {
      throw new IllegalArgumentException("A document is valid on the day it is issued");
    }
  }

  public enum Kind {
    /** 資格確認書. */
    CONFIRMATION,
    /** 資格情報のお知らせ, only together with the card. */
    NOTICE
  }

  public enum Issue {
    /** 職権交付. */
    EX_OFFICIO,
    /** 申請による交付. */
    ON_APPLICATION
  }

  public boolean holdsOn(LocalDate date) {
    return !date.isBefore(issuedOn) && !date.isAfter(validTo);
  }
}
