package jp.kazashi.simulator.ocsp;

import java.math.BigInteger;
import jp.kazashi.simulator.pki.CertificateNumber;
import jp.kazashi.simulator.pki.SimulatedJpki;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** What a client asks. */
final class OcspQuestions {
  private OcspQuestions() {}

  static CertificateID id(SimulatedJpki jpki, CertificateNumber number) throws Exception {
    return id(jpki, number, number.serial(), NISTObjectIdentifiers.id_sha256);
  }

  static CertificateID id(
      SimulatedJpki jpki, CertificateNumber number, BigInteger serial, ASN1ObjectIdentifier hash)
      throws Exception {
    return new CertificateID(
        new JcaDigestCalculatorProviderBuilder().build().get(new AlgorithmIdentifier(hash)),
        new JcaX509CertificateHolder(jpki.authority(number.issuer()).certificate()),
        serial);
  }

  static byte[] plain(CertificateID... ids) throws Exception {
    OCSPReqBuilder request = new OCSPReqBuilder();
    for (CertificateID id : ids) {
      request.addRequest(id);
    }
    return request.build().getEncoded();
  }

  static byte[] withNonce(byte[] nonce, CertificateID id) throws Exception {
    return new OCSPReqBuilder()
        .addRequest(id)
        .setRequestExtensions(
            new Extensions(
                Extension.create(
                    OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, new DEROctetString(nonce))))
        .build()
        .getEncoded();
  }
}
