package jp.kazashi.qualification.medical;

/** 診療情報: the six categories and dialysis (B2, exchange-interface 3.2). */
public enum CareCategory {
  /** 受診歴. */
  VISIT,
  /** 放射線治療. */
  RADIOTHERAPY,
  /** 画像診断. */
  IMAGING,
  /** 病理診断. */
  PATHOLOGY,
  /** 医学管理等. */
  MANAGEMENT,
  /** 在宅医療. */
  HOME_CARE,
  /** 処置（人工腎臓）. */
  DIALYSIS
}
