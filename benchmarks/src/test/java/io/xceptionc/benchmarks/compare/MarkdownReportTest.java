package io.xceptionc.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MarkdownReportTest {

    @Test
    void writesTablesAndConditions() {
        assertEquals(
                """
                        """,
                MarkdownReport.of(ComparisonFixture.comparison(
                        ComparisonFixture.headline(OptionalLong.of(160L << 20)))));
    }
}
