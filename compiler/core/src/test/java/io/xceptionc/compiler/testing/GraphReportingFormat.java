package io.xceptionc.compiler.testing;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.GraphPrinter;
import net.jqwik.api.SampleReportingFormat;

/** Shows a graph that fails a property as {@link GraphPrinter} prints it. */
public final class GraphReportingFormat implements SampleReportingFormat {

    @Override
    public boolean appliesTo(Object value) {
        return value instanceof Graph;
    }

    @Override
    public Object report(Object value) {
        return "\n" + GraphPrinter.print((Graph) value);
    }
}
