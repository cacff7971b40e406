package jp.kazashi.gateway.check;

import jp.kazashi.qualification.audit.Digest;

/**
 * What lets a terminal ask again after it lost an answer.
 *
 * @param request digest of what was asked: the key belongs to that alone
 */
public record IdempotencyKey(String key, Digest request) {}
