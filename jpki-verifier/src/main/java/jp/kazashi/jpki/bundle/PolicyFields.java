package jp.kazashi.jpki.bundle;

import java.net.URI;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.bundle.Value.Bytes;
import jp.kazashi.jpki.bundle.Value.Fields;
import jp.kazashi.jpki.bundle.Value.Items;
import jp.kazashi.jpki.bundle.Value.Text;
import jp.kazashi.jpki.certificate.CertificateProfile;
import jp.kazashi.jpki.certificate.JpkiProfiles;
import jp.kazashi.jpki.certificate.ParsedCertificate;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.holder.ExpiryPolicy;
import jp.kazashi.jpki.revocation.Freshness;
import jp.kazashi.jpki.revocation.ListRules;
import jp.kazashi.jpki.revocation.ResponderRules;
import jp.kazashi.jpki.verdict.JudgePolicy;

/** The rules of a verdict as a bundle writes them. Profiles go by their names. */
final class PolicyFields {
  private PolicyFields() {}

  static Fields write(JudgePolicy policy) {
    return new Fields()
        .put("anchors", certificates(policy.anchors().certificates()))
        .put("authorities", certificates(policy.anchors().authorities()))
        .put("profiles", texts(policy.profiles().stream().map(CertificateProfile::name).toList()))
        .put("graceFrom", policy.expiry().anchor().name())
        .put("grace", policy.expiry().length().toString())
        .put("freshness", write(policy.freshness()))
        .put(
            "nonceExempt",
            texts(policy.responders().nonceExempt().stream().map(URI::toString).sorted().toList()))
        .put("designated", designated(policy.responders()))
        .put("lists", write(policy.lists()));
  }

  static JudgePolicy read(Fields fields) {
    return new JudgePolicy(
        TrustAnchors.of(read(fields, "anchors")).withAuthorities(read(fields, "authorities")),
        fields.items("profiles").stream().map(Value::text).map(JpkiProfiles::named).toList(),
        new ExpiryPolicy(
            ExpiryPolicy.Anchor.valueOf(fields.text("graceFrom")), period(fields.text("grace"))),
        freshness(fields.fields("freshness")),
        responders(fields),
        lists(fields.fields("lists")));
  }

  private static Fields write(Freshness freshness) {
    return new Fields()
        .put("skew", freshness.skew().toMillis())
        .put("age", freshness.age().toMillis());
  }

  private static Freshness freshness(Fields fields) {
    return new Freshness(
        Duration.ofMillis(fields.number("skew")), Duration.ofMillis(fields.number("age")));
  }

  private static Fields write(ListRules rules) {
    return new Fields()
        .put("freshness", write(rules.freshness()))
        .put("indirect", rules.indirect())
        .put("withoutNextUpdate", rules.withoutNextUpdate());
  }

  private static ListRules lists(Fields fields) {
    return new ListRules(
        freshness(fields.fields("freshness")),
        fields.truth("indirect"),
        fields.truth("withoutNextUpdate"));
  }

  private static Items designated(ResponderRules rules) {
    return new Items(
        rules.designated().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .<Value>map(entry ->
                new Fields()
                    .put("source", entry.getKey().toString())
                    .put("certificate", entry.getValue().der()))
            .toList());
  }

  private static ResponderRules responders(Fields fields) {
    ResponderRules rules =
        new ResponderRules(
            fields.items("nonceExempt").stream()
                .map(Value::text)
                .map(URI::create)
                .collect(Collectors.toUnmodifiableSet()));
    for (Fields designated : fields.records("designated")) {
      rules =
          rules.designating(
              URI.create(designated.text("source")),
              new UntrustedCertificate(designated.octets("certificate")));
    }
    return rules;
  }

  private static Items certificates(List<ParsedCertificate> certificates) {
    return new Items(
        certificates.stream().<Value>map(certificate -> new Bytes(certificate.der())).toList());
  }

  private static Items texts(List<String> texts) {
    return new Items(texts.stream().<Value>map(Text::new).toList());
  }

  private static List<ParsedCertificate> read(Fields fields, String name) {
    return fields.items(name).stream().map(Value::octets).map(PolicyFields::certificate).toList();
  }

  private static ParsedCertificate certificate(Octets der) {
    return ParsedCertificate.parse(der)
        .orElseThrow(() -> new IllegalArgumentException("An authority is no certificate"));
  }

  private static Period period(String text) {
    try {
      return Period.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("The grace is no period", e);
    }
  }
}
