package io.xceptionc.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The picture is well-formed, and its bars are as long as they should be. */
class BarChartTest {

    private static final int ROOM_FOR_BARS = 510;

    private static Document parsed(BarChart chart) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(chart.svg())));
    }

    /** The bars' lengths, the squares of the legend left out. */
    private static List<Double> lengths(Document svg) {
        return elements(svg, "rect").stream().filter(bar -> bar.getAttribute("height").equals("14"))
                .map(bar -> Double.valueOf(bar.getAttribute("width"))).toList();
    }

    private static List<String> texts(Document svg) {
        return elements(svg, "text").stream().map(Element::getTextContent).toList();
    }

    private static List<Element> elements(Document svg, String name) {
        NodeList nodes = svg.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    @Test
    void barsAreRelativeToTheReferenceOfTheirGroup() throws Exception {
        BarChart chart = new BarChart("title", List.of("ours", "theirs"), 1, List.of(
                new BarChart.Group("milliseconds", List.of(50.0, 100.0), List.of("50 ms", "100 ms")),
                new BarChart.Group("bytes", List.of(8.0, 4.0), List.of("8", "4"))));
        assertEquals(List.of(127.5, 255.0, 510.0, 255.0), lengths(parsed(chart)));
    }

    @Test
    void longBarsAreCutAndMarked() throws Exception {
        BarChart chart = new BarChart("title", List.of("ours", "theirs"), 0,
                List.of(new BarChart.Group("group", List.of(1.0, 50.0), List.of("1", "50"))));
        Document svg = parsed(chart);
        assertEquals(List.of(ROOM_FOR_BARS / 3.0, (double) ROOM_FOR_BARS), lengths(svg));
        assertEquals(List.of("title", "ours", "theirs", "shorter is better; ours = 1", "group", "1", "» 50"),
                texts(svg));
    }

    @Test
    void textIsEscaped() throws Exception {
        BarChart chart = new BarChart("a < b & \"c\"", List.of("<s>"), 0,
                List.of(new BarChart.Group("g > h", List.of(1.0), List.of("&amp;"))));
        assertEquals(List.of("a < b & \"c\"", "<s>", "shorter is better; <s> = 1", "g > h", "&amp;"),
                texts(parsed(chart)));
    }

    @Test
    void refusesGroupsThatDoNotFitTheSeries() {
        List<String> series = List.of("ours", "theirs");
        List<BarChart.Group> groups = List.of(new BarChart.Group("group", List.of(1.0), List.of("1")));
        assertThrows(IllegalArgumentException.class, () -> new BarChart("title", series, 0, groups));
    }

    @Test
    void aComparisonHasAGroupForEachLatencyAndCost() throws Exception {
        Comparison comparison =
                ComparisonFixture.comparison(ComparisonFixture.headline(OptionalLong.of(160L << 20)));
        assertEquals(
                List.of("Time for one image, and the cost of a process", "xceptionc", "ONNX Runtime", "DJL PyTorch",
                        "shorter is better; ONNX Runtime = 1",
                        "xception, 1 thread", "100.0 ms", "125.0 ms", "200.0 ms",
                        "xception, 2 threads", "50.00 ms", "62.50 ms", "125.0 ms",
                        "tiny <1>, 1 thread", "2.00 ms", "1.00 ms", "» 4.00 ms",
                        "process start to first answer", "600.0 ms", "400.0 ms", "» 2000.0 ms",
                        "peak memory of the process", "160 MiB", "200 MiB", "400 MiB"),
                texts(parsed(ChartReport.of(comparison))));
    }
}
