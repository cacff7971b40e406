package jp.kazashi.gateway.adapter.rest;

import io.quarkus.security.ForbiddenException;
import io.quarkus.security.credential.CertificateCredential;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.desk.SignIn;
import jp.kazashi.qualification.audit.Digest;

/**
 * The client certificate says who asks: CN the terminal or system, OU the role, O the institution
 * or insurer. A certificate that does not say all three in the right shape gets no role at all.
 */
@ApplicationScoped
public class CallerIdentity implements SecurityIdentityAugmentor {
  static final String CALLER = "caller";
  private static final Pattern INSTITUTION = Pattern.compile("\\d{10}");
  private static final Pattern INSURER = Pattern.compile("\\d{6}|\\d{8}");
  private static final Pattern OPERATOR = Pattern.compile("\\d{6,10}");
  private static final Pattern SYSTEM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private final SignIn signIn;

  public CallerIdentity(SignIn signIn) {
    this.signIn = signIn;
  }

  @Override
  public Uni<SecurityIdentity> augment(
      SecurityIdentity identity, AuthenticationRequestContext context) {
    return augment(identity, context, Map.of());
  }

  @Override
  public Uni<SecurityIdentity> augment(
      SecurityIdentity identity,
      AuthenticationRequestContext context,
      Map<String, Object> attributes) {
    var credential = identity.getCredential(CertificateCredential.class);
    if (credential == null) {
      return Uni.createFrom().item(identity);
    }
    return callerOf(credential.getCertificate())
        .map(caller -> signedIn(caller, attributes).map(known -> with(identity, known)))
        .orElseGet(() -> Uni.createFrom().item(identity));
  }

  /** Behind a desk's certificate stands somebody only while their session lives. */
  private Uni<Caller> signedIn(Caller caller, Map<String, Object> attributes) {
    RoutingContext request = HttpSecurityUtils.getRoutingContextAttribute(attributes);
    String token = request == null ? null : request.request().getHeader(Rights.SESSION);
    if (caller.role() != Caller.Role.VIEWER || token == null) {
      return Uni.createFrom().item(caller);
    }
    return signIn.find(caller, token).map(found -> found.map(caller::with).orElse(caller));
  }

  static Caller of(SecurityIdentity identity) {
    Caller caller = identity.getAttribute(CALLER);
    if (caller == null) {
      throw new ForbiddenException();
    }
    return caller;
  }

  private static SecurityIdentity with(SecurityIdentity identity, Caller caller) {
    return QuarkusSecurityIdentity.builder(identity)
        .addAttribute(CALLER, caller)
        .addRoles(Rights.of(caller))
        .build();
  }

  static Optional<Caller> callerOf(X509Certificate certificate) {
    return roleOf(certificate)
        .map(role -> caller(role, certificate))
        .filter(CallerIdentity::wellFormed);
  }

  private static Caller caller(Caller.Role role, X509Certificate certificate) {
    try {
      return new Caller(
          role, one(certificate, "CN"), one(certificate, "O"), Digest.of(certificate.getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("TLS accepted what cannot be encoded", e);
    }
  }

  private static Optional<Caller.Role> roleOf(X509Certificate certificate) {
    String unit = one(certificate, "OU");
    return List.of(Caller.Role.values()).stream().filter(r -> r.name().equals(unit)).findFirst();
  }

  private static boolean wellFormed(Caller caller) {
    boolean organisation =
        switch (caller.role()) {
          case READER, RECEIPT, VIEWER -> INSTITUTION.matcher(caller.organisation()).matches();
          case INSURER -> INSURER.matcher(caller.organisation()).matches();
          case OPERATOR -> OPERATOR.matcher(caller.organisation()).matches();
        };
    return organisation && SYSTEM.matcher(caller.system()).matches();
  }

  /** The attribute's value if it stands there exactly once, else nothing. */
  private static String one(X509Certificate certificate, String type) {
    try {
      List<Rdn> found =
          new LdapName(certificate.getSubjectX500Principal().getName())
              .getRdns().stream().filter(rdn -> rdn.getType().equalsIgnoreCase(type)).toList();
      return found.size() == 1 && found.getFirst().getValue() instanceof String value ? value : "";
    } catch (InvalidNameException e) {
      return "";
    }
  }
}
