package jp.kazashi.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.TimeoutException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import jp.kazashi.gateway.adapter.tsa.TimeStampCheck;
import jp.kazashi.gateway.seal.VerifyAudit;
import jp.kazashi.gateway.seal.VerifyAudit.ChainReport;
import jp.kazashi.qualification.audit.AuditFinding.Broken;
import jp.kazashi.qualification.audit.AuditFinding.Intact;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.audit.ChainId;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.store.reactive.StoreAtRest;
import org.hibernate.HibernateException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What an auditor asks of the record itself. */
@Command(
    name = "audit",
    description = "Examines the audit as it is written.",
    subcommands = AuditCommand.Verify.class,
    mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return GatewayCommand.FAULT;
  }

  /** Every chain, with its seals and witnesses, and the receipts that were carried away. */
  @Command(
      name = "verify",
      description = {
        "Reads every chain of the audit with its seals, witnesses and closings, and says where it"
            + " is",
        "not as it was written. Exit: 0 all intact, 3 something is broken, 1 it could not be read."
      },
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Option(
        names = "--receipt",
        description = "an answer or receipt in JSON whose entry must be there; may be repeated",
        paramLabel = "FILE")
    List<Path> receipts = List.of();

    @Option(
        names = "--tsa-anchor",
        description = "PEM file of the time stamping authority to believe; the world's if left out",
        paramLabel = "PEM")
    @Nullable Path anchor;

    @Option(names = "--json", description = "print the findings in full")
    boolean whole;

    @Override
    public Integer call() throws WorldAccess.Fault {
      List<AuditReceipt> carried = carried();
      TimeStampCheck stamps = stamps();
      try (StoreAtRest store = WorldAccess.store()) {
        List<ChainReport> reports =
            new VerifyAudit(
                    store.audit(),
                    store.seals(),
                    (root, token) -> stamps.timeOf(root, token).isPresent())
                .verify(carried);
        print(reports);
        return reports.stream().allMatch(ChainReport::intact)
            ? GatewayCommand.GOOD
            : GatewayCommand.NEGATIVE;
      } catch (HibernateException | CompletionException | TimeoutException e) {
        throw new WorldAccess.Fault(WorldAccess.NO_STORE, e);
      }
    }

    private TimeStampCheck stamps() throws WorldAccess.Fault {
      Path file = anchor == null ? WorldAccess.timeStampAnchor() : anchor;
      try {
        return TimeStampCheck.trusting(file);
      } catch (IOException e) {
        throw new WorldAccess.Fault(
            "No time stamping authority can be read from %s. Name one: --tsa-anchor PEM"
                .formatted(file),
            e);
      }
    }

    private List<AuditReceipt> carried() throws WorldAccess.Fault {
      List<AuditReceipt> carried = new ArrayList<>();
      for (Path file : receipts) {
        carried.add(receipt(file));
      }
      return carried;
    }

    /** A whole answer or the receipt alone, as {@code visit --json} and the API give them. */
    private static AuditReceipt receipt(Path file) throws WorldAccess.Fault {
      try {
        JsonNode read = new ObjectMapper().readTree(Files.readString(file));
        JsonNode receipt = read.findValue("receipt");
        JsonNode told = receipt == null ? read : receipt;
        return new AuditReceipt(
            ChainId.parse(told.path("chain").asText()),
            told.path("number").asLong(),
            Digest.fromHex(told.path("hash").asText()));
      } catch (IOException | IllegalArgumentException e) {
        throw new WorldAccess.Fault(file + " holds no receipt in JSON.", e);
      }
    }

    private void print(List<ChainReport> reports) {
      PrintWriter out = spec.commandLine().getOut();
      if (whole) {
        out.println(json(reports).toPrettyString());
        return;
      }
      reports.forEach(report -> out.println(line(report)));
      long entries = reports.stream().mapToLong(ChainReport::entries).sum();
      long broken = reports.stream().filter(report -> !report.intact()).count();
      out.println(
          broken == 0
              ? "intact: %,d entries in %,d chains".formatted(entries, reports.size())
              : "BROKEN: %,d of %,d chains".formatted(broken, reports.size()));
    }

    private static String line(ChainReport report) {
      return switch (report.finding()) {
        case Intact(var head) ->
            "%s  intact, entries 1 to %d, sealed to %d"
                .formatted(report.chain(), head.lastNumber(), report.sealedTo());
        case Broken(var chain, var number, var fault) ->
            "%s  BROKEN at entry %d: %s".formatted(chain, number, fault);
      };
    }

    private static ArrayNode json(List<ChainReport> reports) {
      ArrayNode all = new ObjectMapper().createArrayNode();
      for (ChainReport report : reports) {
        ObjectNode told = all.addObject();
        told.put("chain", report.chain().toString()).put("intact", report.intact());
        told.put("entries", report.entries()).put("sealedTo", report.sealedTo());
        switch (report.finding()) {
          case Intact(var head) ->
              told.put("head", head.lastNumber()).put("hash", head.lastHash().hex());
          case Broken(var chain, var number, var fault) ->
              told.put("brokenAt", number).put("fault", fault.name());
        }
      }
      return all;
    }
  }
}
