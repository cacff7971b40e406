package jp.kazashi.gateway.adapter.rest;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.kazashi.qualification.audit.ChainId;
import jp.kazashi.qualification.store.ReadLooks;

/** Where a page of looks begins, as callers carry it: after the last one they were told. */
final class PageOfLooks {
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?Z)"
              + "~([a-z0-9][a-z0-9-]{0,39}:\\d{1,9})~(\\d{1,18})");

  private PageOfLooks() {}

  static String write(ReadLooks.Place place) {
    return place.at() + "~" + place.chain() + "~" + place.number();
  }

  /** It was ours once; whatever else it is, it only says from where on to tell. */
  static ReadLooks.Place read(String text) {
    Matcher parts = WRITTEN.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a page");
    }
    try {
      return new ReadLooks.Place(
          Instant.parse(parts.group(1)),
          ChainId.parse(parts.group(2)),
          Long.parseLong(parts.group(3)));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a page", e);
    }
  }
}
