package jp.kazashi.gateway.port;

import io.smallrye.mutiny.Uni;
import jp.kazashi.qualification.staff.PasswordHash;

/** Passwords are only ever kept as slow hashes, and never compared on an event loop. */
public interface HashPasswords {
  Uni<PasswordHash> hash(String password);

  Uni<Boolean> fits(String password, PasswordHash hash);
}
