package jp.kazashi.qualification.intake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import jp.kazashi.qualification.audit.Digest;

/** Eight bytes of the digest of a line's id and eight of its content, as a batch remembers them. */
public record LineDigest(long id, long content) {
  static LineDigest of(String line, byte[] content) {
    return new LineDigest(
        first(Digest.of(line.getBytes(StandardCharsets.UTF_8))), first(Digest.of(content)));
  }

  private static long first(Digest digest) {
    return ByteBuffer.wrap(digest.bytes()).getLong();
  }
}
