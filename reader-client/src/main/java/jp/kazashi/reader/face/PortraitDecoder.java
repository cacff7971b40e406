package jp.kazashi.reader.face;

/** Decodes the portrait of a card, which comes from a stranger. */
public interface PortraitDecoder {

  /** The image stays the caller's. */
  Pixels.Decoding decode(byte[] jpeg2000);
}
