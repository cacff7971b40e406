package jp.kazashi.qualification.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import jp.kazashi.qualification.institution.Actor;
import org.jspecify.annotations.Nullable;

/** The one way an entry is written as bytes: fixed order, every text with its length before it. */
final class CanonicalEntry {
  private static final String VERSION = "kazashi audit entry 1";

  private CanonicalEntry() {}

  static byte[] bytes(AuditEntry entry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      AuditEvent event = entry.event();
      text(out, VERSION);
      text(out, entry.chain().node().value());
      out.writeInt(entry.chain().epoch());
      out.writeLong(entry.number());
      out.write(entry.previous().bytes());
      instant(out, event.at());
      text(out, event.kind().name());
      actor(out, event.actor());
      text(out, event.check() == null ? "" : event.check().toString());
      text(out, event.person() == null ? "" : event.person().toString());
      text(out, event.outcome());
      details(out, event.details());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void actor(DataOutputStream out, @Nullable Actor actor) throws IOException {
    out.writeBoolean(actor != null);
    if (actor != null) {
      text(out, actor.organisation());
      text(out, actor.role());
      text(out, actor.system());
      out.write(actor.certificate().bytes());
    }
  }

  private static void details(DataOutputStream out, Map<String, String> details)
      throws IOException {
    out.writeInt(details.size());
    for (Map.Entry<String, String> detail : details.entrySet()) {
      text(out, detail.getKey());
      text(out, detail.getValue());
    }
  }

  private static void instant(DataOutputStream out, Instant at) throws IOException {
    out.writeLong(at.getEpochSecond());
    out.writeInt(at.getNano());
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }
}
