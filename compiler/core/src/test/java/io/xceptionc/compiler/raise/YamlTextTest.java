package io.xceptionc.compiler.raise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

class YamlTextTest {

    private static Object read(String yaml) {
        return new Load(LoadSettings.builder().setSchema(new CoreSchema()).build()).loadFromString(yaml);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tabby cat       | tabby cat
            jack-o'-lantern | jack-o'-lantern
            a, b            | "a, b"
            a: b            | "a: b"
            a #b            | "a #b"
            say "so"        | say "so"
            "so" it is      | "\\"so\\" it is"
            NULL            | "NULL"
            true            | "true"
            007             | "007"
            """)
    void textIsQuotedWhereItMust(String text, String yaml) {
        assertEquals(yaml, YamlText.ofText(text));
    }

    @Test
    void lineBreaksAndControlsAreEscaped() {
        assertEquals("\"a\\nb\\e\"", YamlText.ofText("a\nb\u001b"));
        assertEquals("\"\"", YamlText.ofText(""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            3           | 3
            -1e-05      | -1e-05
            1/127.5     | 1/127.5
            [1, 2/3, 4] | [1, 2/3, 4]
            false       | false
            block1.relu | block1.relu
            a/b         | a/b
            null        | "null"
            [a]         | "[a]"
            """)
    void valuesKeepTheirType(String value, String yaml) {
        assertEquals(yaml, YamlText.of(value));
    }

    @Property(seed = "20261130")
    void anyTextIsReadAsItWas(@ForAll String text) {
        String printed = YamlText.ofText(text);
        assertEquals(List.of(text, text), read("[" + printed + ", " + printed + "]"));
        assertEquals(Map.of("key", text), read("key: " + printed + "\n"));
    }
}
