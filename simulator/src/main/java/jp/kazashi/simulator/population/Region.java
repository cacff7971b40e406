package jp.kazashi.simulator.population;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One of eight: its prefecture code, payers, two cities and institutions. */
final class Region {
  static final int CITIES = 2;

  private static final String[][] NAMES = {
    {"01", "北海道", "001"},
    {"04", "宮城県", "980"},
    {"13", "東京都", "100"},
    {"23", "愛知県", "450"},
    {"27", "大阪府", "530"},
    {"34", "広島県", "730"},
    {"37", "香川県", "760"},
    {"40", "福岡県", "810"},
  };
  private static final String[] CITY_NAMES = {"架空市", "例示市"};
  private static final List<Region> ALL = all();

  private final String prefecture;
  private final String prefectureName;
  private final String postCode;
  private final Map<Payer.Kind, List<Payer>> payers;
  private final Facility[] clinics;
  private final Facility[] hospitals;
  private final Facility[] dentists;
  private final Facility[] pharmacies;

  private Region(String prefecture, String prefectureName, String postCode) {
    this.prefecture = prefecture;
    this.prefectureName = prefectureName;
    this.postCode = postCode;
    this.payers = payers(prefecture, prefectureName);
    this.clinics = facilities("1", 1000, 60, "見本第%dクリニック");
    this.hospitals = facilities("1", 8000, 8, "見本第%d病院");
    this.dentists = facilities("3", 3000, 30, "見本第%d歯科医院");
    this.pharmacies = facilities("4", 4000, 40, "見本第%d薬局");
  }

  static Region number(int number) {
    return ALL.get(number);
  }

  static int count() {
    return ALL.size();
  }

  String prefectureName() {
    return prefectureName;
  }

  List<Payer> payers(Payer.Kind kind) {
    return Optional.ofNullable(payers.get(kind)).orElseThrow();
  }

  List<Payer> payers() {
    return payers.values().stream().flatMap(List::stream).toList();
  }

  String city(int city) {
    return prefectureName + CITY_NAMES[city];
  }

  String postCode(int city) {
    return postCode + "-000" + city;
  }

  Facility clinic(int any) {
    return clinics[Math.floorMod(any, clinics.length)];
  }

  Facility hospital(int any) {
    return hospitals[Math.floorMod(any, hospitals.length)];
  }

  Facility dentist(int any) {
    return dentists[Math.floorMod(any, dentists.length)];
  }

  Facility pharmacy(int any) {
    return pharmacies[Math.floorMod(any, pharmacies.length)];
  }

  private static List<Region> all() {
    List<Region> all = new ArrayList<>();
    for (String[] name : NAMES) {
      all.add(new Region(name[0], name[1], name[2]));
    }
    return List.copyOf(all);
  }

  /** The insurer's part of each number is of the nineties, as the deck's: nobody's, it is hoped. */
  private static Map<Payer.Kind, List<Payer>> payers(String prefecture, String name) {
    Map<Payer.Kind, List<Payer>> payers = new EnumMap<>(Payer.Kind.class);
    payers.put(
        Payer.Kind.ASSOCIATION,
        List.of(
            payer(Payer.Kind.ASSOCIATION, "01" + prefecture + "994", "架空健康保険協会" + name + "支部")));
    payers.put(
        Payer.Kind.SOCIETY,
        List.of(
            payer(Payer.Kind.SOCIETY, "06" + prefecture + "991", name + "架空製造健康保険組合"),
            payer(Payer.Kind.SOCIETY, "06" + prefecture + "992", name + "架空情報健康保険組合")));
    payers.put(
        Payer.Kind.MUTUAL_AID,
        List.of(payer(Payer.Kind.MUTUAL_AID, "32" + prefecture + "995", name + "架空職員共済組合")));
    List<Payer> cities = new ArrayList<>();
    for (int city = 0; city < CITIES; city++) {
      cities.add(
          payer(
              Payer.Kind.NATIONAL,
              prefecture + "89" + (city + 1),
              name + CITY_NAMES[city] + "国民健康保険"));
    }
    payers.put(Payer.Kind.NATIONAL, List.copyOf(cities));
    payers.put(
        Payer.Kind.LATE_ELDERLY,
        List.of(payer(Payer.Kind.LATE_ELDERLY, "39" + prefecture + "997", name + "架空後期高齢者医療広域連合")));
    payers.put(
        Payer.Kind.WELFARE,
        List.of(payer(Payer.Kind.WELFARE, "12" + prefecture + "996", name + "架空福祉事務所")));
    return payers;
  }

  private static Payer payer(Payer.Kind kind, String body, String name) {
    return new Payer(kind, CheckDigit.append(body), name);
  }

  private Facility[] facilities(String table, int first, int count, String name) {
    Facility[] facilities = new Facility[count];
    for (int i = 0; i < count; i++) {
      String body = prefecture + table + "99" + (first + i);
      facilities[i] = new Facility(CheckDigit.append(body), name.formatted(i + 1));
    }
    return facilities;
  }
}
