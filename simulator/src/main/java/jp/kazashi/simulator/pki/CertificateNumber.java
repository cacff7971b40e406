package jp.kazashi.simulator.pki;

import java.math.BigInteger;

/** One certificate of the simulated JPKI: who issued it, and under which serial number. */
public record CertificateNumber(Issuer issuer, BigInteger serial) {}
