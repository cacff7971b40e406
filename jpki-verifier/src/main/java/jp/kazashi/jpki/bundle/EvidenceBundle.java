package jp.kazashi.jpki.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.bundle.Value.Fields;
import jp.kazashi.jpki.bundle.Value.Items;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.revocation.RevocationList;
import jp.kazashi.jpki.statement.ChallengeStatement;
import jp.kazashi.jpki.verdict.EvidenceDigest;
import jp.kazashi.jpki.verdict.JudgePolicy;
import jp.kazashi.jpki.verdict.ProofJudge;
import jp.kazashi.jpki.verdict.UntrustedProof;
import jp.kazashi.jpki.verdict.Verdict;

/**
 * All that a verdict was reached from, so that it can be reached again years later: as DER to be
 * stored and as JSON to be handed out (docs/evidence-bundle.md).
 *
 * @param recorded what was judged then; empty when nobody judged yet
 */
public record EvidenceBundle(
    UntrustedProof proof,
    ChallengeStatement statement,
    List<RevocationEvidence> evidence,
    JudgePolicy policy,
    Instant at,
    Optional<RecordedVerdict> recorded) {
  private static final String FORMAT = "kazashi.evidence";
  private static final long VERSION = 1;

  public EvidenceBundle {
    requireNonNull(proof, "proof");
    requireNonNull(statement, "statement");
    requireNonNull(policy, "policy");
    requireNonNull(recorded, "recorded");
    evidence = List.copyOf(evidence);
    at = Instant.ofEpochMilli(at.toEpochMilli());
  }

  /** Whether revocation lists, which are large and shared, are inside or only cited. */
  public enum Lists {
    INSIDE,
    CITED
  }

  public Verdict judge() {
    return new ProofJudge().judge(proof, statement, evidence, policy, at);
  }

  /** The name it is stored under. */
  public EvidenceDigest digest() {
    return EvidenceDigest.of(proof, statement, evidence);
  }

  /** This bundle with the verdict that its judging gives. */
  public EvidenceBundle judged() {
    return new EvidenceBundle(
        proof, statement, evidence, policy, at, Optional.of(RecordedVerdict.of(judge())));
  }

  public EvidenceBundle with(JudgePolicy other) {
    return new EvidenceBundle(proof, statement, evidence, other, at, recorded);
  }

  public byte[] der(Lists lists) {
    return DerForm.write(fields(lists));
  }

  public String json(Lists lists) {
    return JsonForm.write(fields(lists));
  }

  /**
   * Reads either form.
   *
   * @param library where a list that is only cited is found by its SHA-256
   * @throws IllegalArgumentException when it is no bundle, saying what is wrong with it
   */
  public static EvidenceBundle read(
      byte[] bytes, Function<Octets, Optional<RevocationList>> library) {
    boolean json = bytes.length > 0 && (bytes[0] == '{' || Character.isWhitespace(bytes[0]));
    Fields fields =
        Value.fields(json ? JsonForm.read(new String(bytes, UTF_8)) : DerForm.read(bytes));
    if (!fields.text("format").equals(FORMAT) || fields.number("version") != VERSION) {
      throw new IllegalArgumentException("It is no " + FORMAT + " of version " + VERSION);
    }
    return new EvidenceBundle(
        new UntrustedProof(
            new UntrustedCertificate(fields.octets("certificate")), fields.octets("signature")),
        statement(fields.octets("statement").toArray()),
        evidence(fields, library),
        PolicyFields.read(fields.fields("policy")),
        Instant.ofEpochMilli(fields.number("at")),
        verdict(fields));
  }

  private Fields fields(Lists lists) {
    Fields fields =
        new Fields()
            .put("format", FORMAT)
            .put("version", VERSION)
            .put("at", at.toEpochMilli())
            .put("certificate", proof.certificate().der())
            .put("signature", proof.signature())
            .put("statement", Octets.of(statement.bytes()))
            .put("evidence", gathered(lists))
            .put("policy", PolicyFields.write(policy));
    recorded.ifPresent(verdict -> fields.put("verdict", verdict.fields()));
    return fields;
  }

  private Items gathered(Lists lists) {
    return new Items(
        evidence.stream().<Value>map(piece -> EvidenceFields.write(piece, lists)).toList());
  }

  /**
   * Instant, evidence and verdict in DER, lists cited: with proof, statement and {@link #rules} the
   * whole bundle. Whoever keeps many bundles keeps these apart, because the rules are of many.
   */
  public byte[] circumstances() {
    Fields fields =
        new Fields().put("at", at.toEpochMilli()).put("evidence", gathered(Lists.CITED));
    recorded.ifPresent(verdict -> fields.put("verdict", verdict.fields()));
    return DerForm.write(fields);
  }

  /** A policy in DER, as every bundle that was judged by it has it. */
  public static byte[] rules(JudgePolicy policy) {
    return DerForm.write(PolicyFields.write(policy));
  }

  /**
   * Puts together again what was kept apart.
   *
   * @throws IllegalArgumentException when the pieces are none of a bundle
   */
  public static EvidenceBundle assembled(
      UntrustedProof proof,
      byte[] statement,
      byte[] circumstances,
      byte[] rules,
      Function<Octets, Optional<RevocationList>> library) {
    Fields told = Value.fields(DerForm.read(circumstances));
    return new EvidenceBundle(
        proof,
        statement(statement),
        evidence(told, library),
        PolicyFields.read(Value.fields(DerForm.read(rules))),
        Instant.ofEpochMilli(told.number("at")),
        verdict(told));
  }

  /**
   * The verdict that {@link #circumstances} tell of.
   *
   * @throws IllegalArgumentException when they are none
   */
  public static Optional<RecordedVerdict> recorded(byte[] circumstances) {
    return verdict(Value.fields(DerForm.read(circumstances)));
  }

  private static ChallengeStatement statement(byte[] bytes) {
    return ChallengeStatement.read(bytes)
        .orElseThrow(() -> new IllegalArgumentException("The statement is malformed"));
  }

  private static List<RevocationEvidence> evidence(
      Fields fields, Function<Octets, Optional<RevocationList>> library) {
    return fields.records("evidence").stream()
        .map(piece -> EvidenceFields.read(piece, library))
        .toList();
  }

  private static Optional<RecordedVerdict> verdict(Fields fields) {
    return fields.find("verdict").map(Value::fields).map(RecordedVerdict::read);
  }
}
