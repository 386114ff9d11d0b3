package io.xceptionc.compiler.raise;

import java.util.List;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.DumpSettingsBuilder;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Writes values so that YAML reads them as they are, also between braces, with quotes only where it must have them. */
final class YamlText {

    /** Truth values, numbers, fractions, and lists of numbers. */
    private static final Pattern TYPED =
            Pattern.compile("true|false|-?[0-9.][0-9.e/+-]*|\\[-?[0-9.e/+-]+(, -?[0-9.e/+-]+)*]");

    private static final DumpSettings PLAIN = settings().setDefaultScalarStyle(ScalarStyle.PLAIN).build();
    private static final DumpSettings QUOTED = settings().setDefaultScalarStyle(ScalarStyle.DOUBLE_QUOTED).build();

    private YamlText() {}

    private static DumpSettingsBuilder settings() {
        return DumpSettings.builder().setSchema(new CoreSchema()).setDefaultFlowStyle(FlowStyle.FLOW)
                .setSplitLines(false).setWidth(Integer.MAX_VALUE);
    }

    /** A value; a list only if it is one of numbers. */
    static String of(String value) {
        return TYPED.matcher(value).matches() ? value : ofText(value);
    }

    /** Any text, which is to be read as text. */
    static String ofText(String text) {
        return element(PLAIN, text).equals(text) ? text : element(QUOTED, text);
    }

    /** The only element of a list, as it stands between the brackets. */
    private static String element(DumpSettings settings, String text) {
        String list = new Dump(settings).dumpToString(List.of(text)).strip();
        return list.substring(1, list.length() - 1);
    }
}
