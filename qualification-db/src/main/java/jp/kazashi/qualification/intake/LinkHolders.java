package jp.kazashi.qualification.intake;

import jp.kazashi.qualification.holder.HolderLink;

/**
 * Makes a holder's link out of what a feed names it by. Refuses with an IllegalArgumentException
 * what is not the name and serial of a certificate.
 */
@FunctionalInterface
public interface LinkHolders {
  HolderLink link(byte[] issuer, String serial);
}
