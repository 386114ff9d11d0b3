package io.xceptionc.cli.inspect;

import static io.xceptionc.cli.console.TextTable.Alignment.LEFT;
import static io.xceptionc.cli.console.TextTable.Alignment.RIGHT;

import io.xceptionc.cli.console.CsvText;
import io.xceptionc.cli.console.Quantities;
import io.xceptionc.cli.console.ReportFormat;
import io.xceptionc.cli.console.TextTable;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.file.TensorSource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * The tensors of a weights file, to be printed.
 *
 * @param file its name
 * @param format what kind of file it is, and where in it the tensors were found
 * @param tensors in the order of the file
 */
public record TensorList(String file, String format, List<TensorInfo> tensors) implements ReportFormat.Report {

    public TensorList {
        tensors = List.copyOf(tensors);
    }

    /** Of an open file. */
    public static TensorList of(TensorSource source) {
        return new TensorList(source.name(), source.format(), source.tensors());
    }

    @Override
    public List<String> table() {
        TextTable table = new TextTable(List.of(LEFT, LEFT, LEFT, RIGHT),
                List.of("tensor", "type", "shape", "elements"));
        for (TensorInfo tensor : tensors) {
            table.add(List.of(Quotation.of(tensor.name()), tensor.type().name(), Quantities.shape(tensor.shape()),
                    Quantities.count(tensor.elementCount())));
        }
        List<String> lines = new ArrayList<>(List.of(Quotation.line(file) + ": " + format, ""));
        lines.addAll(table.lines());
        lines.addAll(List.of("", Quantities.count(tensors.size(), "tensor") + ", "
                + Quantities.count(parameters(), "parameter")));
        return lines;
    }

    /** The numbers of all tensors that can be weights. */
    private long parameters() {
        return tensors.stream().filter(tensor -> tensor.type().isFloat()).mapToLong(TensorInfo::elementCount).sum();
    }

    @Override
    public String csv() {
        StringBuilder text = new StringBuilder(CsvText.line("tensor", "type", "shape", "elements"));
        for (TensorInfo tensor : tensors) {
            text.append(
                    CsvText.line(Quotation.line(tensor.name()), tensor.type().name(), Quantities.shape(tensor.shape()),
                            Long.toString(tensor.elementCount())));
        }
        return text.toString();
    }

    @Override
    public void json(JsonGenerator json) {
        json.writeStringProperty("file", file);
        json.writeStringProperty("format", format);
        json.writeNumberProperty("parameters", parameters());
        json.writeArrayPropertyStart("tensors");
        for (TensorInfo tensor : tensors) {
            json.writeStartObject();
            json.writeStringProperty("name", tensor.name());
            json.writeStringProperty("type", tensor.type().name());
            json.writeArrayPropertyStart("shape");
            tensor.shape().forEach(json::writeNumber);
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
