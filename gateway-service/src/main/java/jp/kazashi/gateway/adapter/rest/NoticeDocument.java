package jp.kazashi.gateway.adapter.rest;

import jp.kazashi.gateway.check.Catalogue;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.check.Sentence;

/** Something to notice although nothing was refused. */
public record NoticeDocument(Reason id, Sentence patient, Sentence desk) {
  static NoticeDocument of(Reason reason, Catalogue catalogue) {
    Catalogue.Entry entry = catalogue.of(reason);
    return new NoticeDocument(reason, entry.patient(), entry.nextStep());
  }
}
