package jp.kazashi.gateway.check;

import java.util.UUID;
import jp.kazashi.jpki.Octets;
import jp.kazashi.qualification.audit.Digest;

/**
 * One record of a terminal whose line was down, as the terminal kept it; it cannot read it itself.
 *
 * @param keyId the gateway's key that it is encrypted to
 * @param chain the terminal's chain
 * @param number its place in the chain, from 1
 * @param previous digest of the record before it
 * @param sealed encapsulation and ciphertext
 * @param afterGap whether the terminal itself says that records before it are lost
 */
public record SealedRecord(
    String keyId, UUID chain, long number, Digest previous, Octets sealed, boolean afterGap) {}
