package io.defradb.quickstart.chart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class RunChartTest {
  private static final List<RunPhase> PHASES = List.of(new RunPhase(0, "load"));

  @Test
  void givenSamples_whenDrawn_thenItIsXmlWithAPathForEachLineAndTheNameOfThePhase()
      throws Exception {
    Document svg = parse(new RunChart(samples(20), PHASES).toSvg());
    assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(6);
    assertThat(svg.getDocumentElement().getTextContent()).contains("load", "into the lake");
  }

  /** A constant rate of 1,000 a second is a flat line at the top of a panel that goes to 1,000. */
  @Test
  void givenAConstantRate_whenDrawn_thenTheLineIsFlatAtIt() throws Exception {
    Document svg = parse(new RunChart(samples(20), PHASES).toSvg());
    String[] points = path(svg, 0).substring(1).split("L");
    assertThat(points).hasSize(20);
    for (String point : List.of(points).subList(1, 20)) {
      assertThat(point).endsWith(" 64.0");
    }
  }

  @Test
  void givenNoEventBetweenSamples_whenDrawn_thenTheLagHasAHole() throws Exception {
    List<RunSample> samples = new ArrayList<>(samples(5));
    samples.set(2, new RunSample(1.0, 1000, 1000, 900, -1, -1));
    Document svg = parse(new RunChart(samples, PHASES).toSvg());
    assertThat(path(svg, 3).split("M")).hasSize(3);
  }

  @Test
  void givenNothingSeen_whenDrawn_thenThereIsStillADrawing() throws Exception {
    assertThat(parse(new RunChart(List.of(), List.of()).toSvg()).getDocumentElement().getTagName())
        .isEqualTo("svg");
  }

  /** Two samples a second, 1,000 records between two seconds. */
  private static List<RunSample> samples(int count) {
    List<RunSample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(new RunSample(0.5 * i, 500L * i, 500L * i, 400L * i, 10, 20));
    }
    return samples;
  }

  private static String path(Document svg, int index) {
    return ((Element) svg.getElementsByTagName("path").item(index)).getAttribute("d");
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));
  }
}
