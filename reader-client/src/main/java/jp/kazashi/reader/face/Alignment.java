package jp.kazashi.reader.face;

import java.util.List;

/**
 * Turning, scaling and moving that brings five points as close as can be to five others: the least
 * squares of complex numbers, in closed form. It never mirrors.
 */
record Alignment(double a, double b, double dx, double dy) {

  static Alignment of(double[] points, List<Double> reference) {
    int count = points.length / 2;
    double fromX = 0;
    double fromY = 0;
    double toX = 0;
    double toY = 0;
    for (int i = 0; i < count; i++) {
      fromX += points[2 * i] / count;
      fromY += points[2 * i + 1] / count;
      toX += reference.get(2 * i) / count;
      toY += reference.get(2 * i + 1) / count;
    }
    double dot = 0;
    double cross = 0;
    double spread = 0;
    for (int i = 0; i < count; i++) {
      double x = points[2 * i] - fromX;
      double y = points[2 * i + 1] - fromY;
      double u = reference.get(2 * i) - toX;
      double v = reference.get(2 * i + 1) - toY;
      dot += x * u + y * v;
      cross += x * v - y * u;
      spread += x * x + y * y;
    }
    double a = spread == 0 ? 1 : dot / spread;
    double b = spread == 0 ? 0 : cross / spread;
    return new Alignment(a, b, toX - a * fromX + b * fromY, toY - b * fromX - a * fromY);
  }

  double x(double x, double y) {
    return a * x - b * y + dx;
  }

  double y(double x, double y) {
    return b * x + a * y + dy;
  }

  /** The two rows of its matrix. */
  double[] rows() {
    return new double[] {a, -b, dx, b, a, dy};
  }
}
