package jp.kazashi.simulator.population;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Days counted from 1970, as plain numbers: millions of them are made. */
final class Days {
  private static final int FIRST = of(1990, 1, 1);
  private static final byte[] TEXTS = texts(FIRST, of(2100, 1, 1));

  private Days() {}

  static int of(int year, int month, int day) {
    return Math.toIntExact(LocalDate.of(year, month, day).toEpochDay());
  }

  static int yearsBetween(int from, int to) {
    LocalDate a = LocalDate.ofEpochDay(from);
    LocalDate b = LocalDate.ofEpochDay(to);
    int years = b.getYear() - a.getYear();
    return a.getMonthValue() > b.getMonthValue()
            || (a.getMonthValue() == b.getMonthValue() && a.getDayOfMonth() > b.getDayOfMonth())
        ? years - 1
        : years;
  }

  static int plusYears(int day, int years) {
    return Math.toIntExact(LocalDate.ofEpochDay(day).plusYears(years).toEpochDay());
  }

  static int year(int day) {
    return LocalDate.ofEpochDay(day).getYear();
  }

  static int firstOfMonth(int day) {
    return day - LocalDate.ofEpochDay(day).getDayOfMonth() + 1;
  }

  static int firstOfNextMonth(int day) {
    return Math.toIntExact(LocalDate.ofEpochDay(day).plusMonths(1).withDayOfMonth(1).toEpochDay());
  }

  /** The first of April at or after a day: where school years and most jobs begin. */
  static int april(int day) {
    LocalDate date = LocalDate.ofEpochDay(day);
    LocalDate april = LocalDate.of(date.getYear(), 4, 1);
    return Math.toIntExact((april.isBefore(date) ? april.plusYears(1) : april).toEpochDay());
  }

  static String text(int day) {
    return LocalDate.ofEpochDay(day).toString();
  }

  /** Writes YYYY-MM-DD, or only its first seven characters. */
  static int write(int day, byte[] to, int at, int length) {
    System.arraycopy(TEXTS, (day - FIRST) * 10, to, at, length);
    return at + length;
  }

  private static byte[] texts(int from, int to) {
    byte[] texts = new byte[(to - from) * 10];
    for (int day = from; day < to; day++) {
      System.arraycopy(
          text(day).getBytes(StandardCharsets.US_ASCII), 0, texts, (day - from) * 10, 10);
    }
    return texts;
  }
}
