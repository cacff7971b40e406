package jp.kazashi.gateway.adapter.rest;

/**
 * What a terminal encrypts to while the line is down.
 *
 * @param publicKey 32 bytes (RFC 7748) in base64
 * @param longestHours what is older is not judged any more
 * @param mostRecords of one terminal within that time
 */
public record DegradedKeyDocument(
    String keyId, String scheme, String publicKey, int longestHours, int mostRecords) {}
