package jp.kazashi.reader.face;

import jp.kazashi.consent.Sentence;

/** Why a face was not compared, or not believed; each with what the person may do about it. */
public enum FaceReason {
  // ------------------------------------------------- the person before the camera
  NO_FACE("カメラに顔を向けてください。", "Look at the camera."),
  SEVERAL_FACES("お一人で映ってください。", "One person only, please."),
  TOO_FAR("もう少し近づいてください。", "Come closer."),
  TOO_CLOSE("少し離れてください。", "Move back a little."),
  TOO_DARK("明るいところで映ってください。", "More light, please."),
  TOO_BRIGHT("光が強すぎます。向きを変えてください。", "Too much light: turn away from it."),
  FLAT("影や曇りで顔がはっきり見えません。", "The face cannot be seen clearly: wipe the lens or change the light."),
  BLURRED("動かないでください。", "Hold still."),
  TURNED_AWAY("正面を向いてください。", "Face the camera."),
  TILTED("頭をまっすぐにしてください。", "Hold your head straight."),
  COVERED("マスクなどを外してください。", "Take off the mask."),
  NOT_LIVE("写真や画面ではなく、ご本人が映ってください。", "Show yourself, not a picture or a screen."),
  CHALLENGE_NOT_FOLLOWED("画面の案内のとおりに動いてください。", "Follow what the screen asks for."),
  OTHER_PERSON("途中で別の方が映りました。もう一度お試しください。", "Somebody else came into view: try once more."),
  TOO_FEW_FRAMES("もう少し長くカメラを見てください。", "Look at the camera a little longer."),

  // ------------------------------------------------- the camera
  NO_CAMERA("カメラが使えません。暗証番号か窓口でご確認ください。", "No camera: use the PIN, or ask the staff."),
  BLACK("カメラがふさがれています。", "The camera is covered."),
  FROZEN("カメラの映像が止まっています。", "The camera's picture stands still."),

  // ------------------------------------------------- a picture, of the card or of a file
  EMPTY("画像がありません。", "There is no image."),
  TOO_LARGE("画像が大きすぎます。", "The image is too large."),
  NOT_AN_IMAGE("画像として読み取れません。", "This is no JPEG, PNG or JPEG 2000 image."),
  TRUNCATED("画像が途中で切れています。", "The image is cut off."),
  SIZE_NOT_ALLOWED("画像の大きさが対象外です。", "The image has too many or too few points."),
  FORM_NOT_ALLOWED("画像の形式が対象外です。", "The image has components or depths that no portrait has."),
  TILES_NOT_ALLOWED("画像の分割が対象外です。", "The image is cut into tiles, which no portrait is."),
  CONTRADICTORY("画像の内容が食い違っています。", "The image contradicts itself."),
  NOT_DECODED("画像を復号できません。", "The image cannot be decoded."),
  DECODER_SILENT("画像の復号が終わりません。", "Decoding the image did not come to an end."),
  UNSIGNED("カードの顔写真に署名がありません。", "The card's photograph is not signed."),
  ISSUER_UNKNOWN("顔写真に署名した発行者を確認できません。", "Whoever signed the card's photograph is not known here."),
  SIGNATURE_BROKEN("カードの顔写真が署名と一致しません。", "The card's photograph is not what was signed."),

  // ------------------------------------------------- this terminal
  PREPARING("顔認証を準備しています。", "Face matching is still being prepared."),
  UNAVAILABLE(
      "顔認証は使えません。暗証番号か窓口でご確認ください。", "No face matching here: use the PIN, or ask the staff.");

  private final String ja;
  private final String en;

  FaceReason(String ja, String en) {
    this.ja = ja;
    this.en = en;
  }

  /** Nobody who stands before it can mend that. */
  boolean isOfCamera() {
    return this == NO_CAMERA || this == BLACK || this == FROZEN;
  }

  /** What the person may do about it, in their language. */
  public Sentence guidance() {
    return new Sentence(ja, en);
  }
}
