package jp.kazashi.gateway.cli;

import io.smallrye.mutiny.TimeoutException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import jp.kazashi.gateway.check.StoredEvidence;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.bundle.EvidenceBundle;
import jp.kazashi.jpki.bundle.EvidenceBundle.Lists;
import jp.kazashi.jpki.revocation.ListLimits;
import jp.kazashi.jpki.revocation.RevocationList;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.store.Evidence;
import jp.kazashi.qualification.store.reactive.StoreAtRest;
import org.hibernate.HibernateException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Hands an auditor all that one check's verdict was reached from. */
@Command(
    name = "evidence",
    description = {
      "Exports the evidence of a check as a bundle that ./kazashi judge judges again.",
      "It identifies a card: keep it as carefully as the record itself."
    },
    mixinStandardHelpOptions = true)
final class EvidenceCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Spec CommandSpec spec;

  @Option(names = "--check", required = true, description = "id of the check")
  String check;

  @Option(
      names = "--out",
      description = "where to write it; DER when the name ends in .der, else JSON; else printed",
      paramLabel = "FILE")
  @Nullable Path file;

  @Override
  public Integer call() throws WorldAccess.Fault {
    CheckId id = id();
    try (StoreAtRest store = WorldAccess.store()) {
      List<Evidence> pieces = store.evidence().of(id).await().atMost(PATIENCE);
      if (pieces.isEmpty()) {
        spec.commandLine()
            .getErr()
            .println("kazashi: there is no evidence of a check " + id + " in this record.");
        return GatewayCommand.NEGATIVE;
      }
      deliver(new StoredEvidence(pieces).bundle(digest -> list(store, digest)));
      return GatewayCommand.GOOD;
    } catch (IllegalArgumentException e) {
      throw new WorldAccess.Fault(
          "The evidence of %s is none of a card check: %s".formatted(id, e.getMessage()), e);
    } catch (IOException e) {
      throw new WorldAccess.Fault(file + " cannot be written.", e);
    } catch (HibernateException | CompletionException | TimeoutException e) {
      throw new WorldAccess.Fault(WorldAccess.NO_STORE, e);
    }
  }

  private CheckId id() {
    try {
      return CheckId.parse(check);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "'" + check + "' is no id of a check", e);
    }
  }

  /** A list is kept once for all checks that rest on it. */
  private static Optional<RevocationList> list(StoreAtRest store, Octets digest) {
    return store
        .sharedEvidence()
        .find(Digest.fromBytes(digest.toArray()))
        .await()
        .atMost(PATIENCE)
        .flatMap(bytes -> RevocationList.read(bytes, ListLimits.ordinary()));
  }

  private void deliver(EvidenceBundle bundle) throws IOException {
    if (file == null) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(bundle.json(Lists.INSIDE));
    } else if (file.toString().endsWith(".der")) {
      Files.write(file, bundle.der(Lists.INSIDE));
    } else {
      Files.writeString(file, bundle.json(Lists.INSIDE));
    }
  }
}
