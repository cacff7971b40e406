package jp.kazashi.simulator.pki;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.jspecify.annotations.Nullable;

/** The extensions of something not yet signed, one an identifier. */
public final class DraftExtensions {
  private final ExtensionsGenerator extensions = new ExtensionsGenerator();

  /** Adds an extension, in the place of one with the same identifier. */
  public void put(ASN1ObjectIdentifier identifier, boolean critical, ASN1Encodable value) {
    Extension extension = of(identifier, critical, value);
    if (extensions.hasExtension(identifier)) {
      extensions.replaceExtension(extension);
    } else {
      extensions.addExtension(extension);
    }
  }

  public void remove(ASN1ObjectIdentifier identifier) {
    if (extensions.hasExtension(identifier)) {
      extensions.removeExtension(identifier);
    }
  }

  public boolean has(ASN1ObjectIdentifier identifier) {
    return extensions.hasExtension(identifier);
  }

  /** Nothing where there is none: an empty list of extensions would be no list. */
  public @Nullable Extensions generate() {
    return extensions.isEmpty() ? null : extensions.generate();
  }

  public static Extension of(
      ASN1ObjectIdentifier identifier, boolean critical, ASN1Encodable value) {
    try {
      return Extension.create(identifier, critical, value);
    } catch (IOException e) {
      throw new IllegalArgumentException("The extension cannot be encoded", e);
    }
  }

  List<Extension> list() {
    List<Extension> all = new ArrayList<>();
    for (ASN1ObjectIdentifier identifier : extensions.generate().getExtensionOIDs()) {
      all.add(extensions.getExtension(identifier));
    }
    return all;
  }
}
