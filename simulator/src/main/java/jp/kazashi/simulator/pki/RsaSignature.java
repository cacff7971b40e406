package jp.kazashi.simulator.pki;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** What the real authority signs with: RSA and SHA-256. */
public final class RsaSignature {
  public static final AlgorithmIdentifier ALGORITHM =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);

  private RsaSignature() {}

  public static DERBitString over(byte[] octets, PrivateKey key) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(octets);
      return new DERBitString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("The key cannot sign", e);
    }
  }
}
