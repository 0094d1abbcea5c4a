package io.defradb.quickstart.chart;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Samples of a run as an SVG: what moved a second, how long a change takes to its event, and what
 * waits for the lake. Text and lines only; the same samples give the same bytes.
 */
final class RunChart {
  private static final int WIDTH = 960;
  private static final int LEFT = 80;
  private static final int RIGHT = 20;
  private static final int PANEL = 150;
  private static final int GAP = 62;
  private static final int TOP = 64;
  private static final double SMOOTH_SECONDS = 1.5;

  private final List<RunSample> samples;
  private final List<RunPhase> phases;
  private final StringBuilder svg = new StringBuilder();

  /** A line of a panel; a value below 0 is a hole in it. */
  private record Line(String name, String colour, double[] values) {}

  RunChart(List<RunSample> samples, List<RunPhase> phases) {
    this.samples = List.copyOf(samples);
    this.phases = List.copyOf(phases);
  }

  String toSvg() {
    int height = TOP + 3 * (PANEL + GAP) - GAP + 50;
    line(
        "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %d %d'"
            + " font-family='sans-serif' font-size='12' fill='#24292f'>",
        WIDTH, height, WIDTH, height);
    line("<rect width='%d' height='%d' fill='#ffffff'/>", WIDTH, height);
    for (int i = 0; i < phases.size(); i++) {
      double x = x(phases.get(i).seconds());
      line(
          "<line x1='%.1f' y1='34' x2='%.1f' y2='%d' stroke='#d0d7de' stroke-dasharray='4 3'/>",
          x, x, height - 40);
      String words = phases.get(i).name();
      line("<text x='%.1f' y='%d' fill='#57606a'>%s</text>", x + 4, 14 + 14 * (i % 2), words);
    }
    panel(
        0,
        "records a second",
        new Line("into Kafka", "#8c959f", rates(RunSample::in)),
        new Line("events from the hub", "#0969da", rates(RunSample::out)),
        new Line("into the lake", "#1a7f37", rates(RunSample::lake)));
    panel(
        1,
        "milliseconds from a change in the hub to its event",
        new Line("longest", "#bf8700", values(RunSample::lagMax)),
        new Line("median", "#0969da", values(RunSample::lagMedian)));
    panel(
        2,
        "records of the topic that wait for the lake",
        new Line("waiting", "#1a7f37", values(s -> Math.max(0, s.out() - s.lake()))));
    line("<text x='%d' y='%d' text-anchor='end'>seconds</text>", WIDTH - RIGHT, height - 8);
    return svg.append("</svg>\n").toString();
  }

  private void panel(int index, String title, Line... lines) {
    int top = TOP + index * (PANEL + GAP);
    double max = 1;
    for (Line line : lines) {
      for (double value : line.values()) {
        max = Math.max(max, value);
      }
    }
    max = roundedUp(max);
    line("<text x='%d' y='%d' font-weight='bold'>%s</text>", LEFT, top - 8, title);
    for (int step = 0; step <= 4; step++) {
      double y = top + PANEL * (1 - step / 4.0);
      line(
          "<line x1='%d' y1='%.1f' x2='%d' y2='%.1f' stroke='#eaeef2'/>",
          LEFT, y, WIDTH - RIGHT, y);
      String value = String.format(Locale.ROOT, "%,.0f", max * step / 4);
      line("<text x='%d' y='%.1f' text-anchor='end'>%s</text>", LEFT - 8, y + 4, value);
    }
    double every = roundedUp(seconds() / 12);
    for (double second = 0; second <= seconds(); second += every) {
      line(
          "<text x='%.1f' y='%d' text-anchor='middle' fill='#57606a'>%.0f</text>",
          x(second), top + PANEL + 16, second);
    }
    double legend = WIDTH - RIGHT;
    for (int i = lines.length - 1; i >= 0; i--) {
      line(
          "<text x='%.1f' y='%d' text-anchor='end' fill='%s'>%s</text>",
          legend, top - 8, lines[i].colour(), "&#9644; " + lines[i].name());
      legend -= 34 + 7 * lines[i].name().length();
    }
    for (Line line : lines) {
      draw(line, top, max);
    }
  }

  private void draw(Line line, int top, double max) {
    var path = new StringBuilder();
    boolean isDown = false;
    for (int i = 0; i < samples.size(); i++) {
      double value = line.values()[i];
      if (value < 0) {
        isDown = false;
        continue;
      }
      double y = top + PANEL * (1 - value / max);
      path.append(isDown ? "L" : "M");
      path.append(String.format(Locale.ROOT, "%.1f %.1f", x(samples.get(i).seconds()), y));
      isDown = true;
    }
    line(
        "<path d='%s' fill='none' stroke='%s' stroke-width='1.6' stroke-linecap='round'/>",
        path, line.colour());
  }

  private double[] values(ToDoubleFunction<RunSample> of) {
    return samples.stream().mapToDouble(of).toArray();
  }

  /** Growth a second, over the time before each sample that smooths the steps of polls. */
  private double[] rates(ToDoubleFunction<RunSample> of) {
    double[] rates = new double[samples.size()];
    int from = 0;
    for (int i = 0; i < rates.length; i++) {
      double now = samples.get(i).seconds();
      while (now - samples.get(from).seconds() > SMOOTH_SECONDS) {
        from++;
      }
      double time = now - samples.get(from).seconds();
      double growth = of.applyAsDouble(samples.get(i)) - of.applyAsDouble(samples.get(from));
      rates[i] = time <= 0 ? 0 : Math.max(0, growth / time);
    }
    return rates;
  }

  private double x(double seconds) {
    return LEFT + (WIDTH - LEFT - RIGHT) * seconds / Math.max(1, seconds());
  }

  private double seconds() {
    return samples.isEmpty() ? 1 : samples.get(samples.size() - 1).seconds();
  }

  /** The next of 1, 2, 5, 10, 20, 50 and so on. */
  private static double roundedUp(double value) {
    double ten = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1))));
    for (double step : new double[] {1, 2, 5, 10}) {
      if (value <= step * ten) {
        return step * ten;
      }
    }
    return 10 * ten;
  }

  private void line(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
