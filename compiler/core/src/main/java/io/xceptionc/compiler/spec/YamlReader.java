package io.xceptionc.compiler.spec;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.language.attribute.Value;
import io.xceptionc.compiler.language.attribute.Value.Entry;
import io.xceptionc.compiler.language.attribute.Value.Mapping;
import io.xceptionc.compiler.language.attribute.Value.Scalar;
import io.xceptionc.compiler.language.attribute.Value.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads one YAML 1.2 document without aliases, anchors, tags and duplicate keys, nested at most {@value #DEEPEST} deep.
 *
 * @see <a href="https://yaml.org/spec/1.2.2/">YAML 1.2.2</a>
 */
final class YamlReader {

    /** How deep lists and mappings may be nested. */
    static final int DEEPEST = 50;

    /** How long a text may be, in bytes of UTF-8. */
    static final int LONGEST = 1 << 20;

    private final TextPlaces places;
    private final Diagnostics diagnostics;
    private final StreamReader stream;
    private final ParserImpl parser;
    private boolean sound = true;

    private YamlReader(TextPlaces places, String text, Diagnostics diagnostics) {
        this.places = places;
        this.diagnostics = diagnostics;
        LoadSettings settings = LoadSettings.builder().setUseMarks(true).setCodePointLimit(LONGEST).build();
        this.stream = new StreamReader(settings, text);
        this.parser = new ParserImpl(settings, stream);
    }

    /** The document's root; empty, and reported, if the text is not what it should be. */
    static Optional<Value> read(String fileName, String text, Diagnostics diagnostics) {
        if (isTooLong(text)) {
            diagnostics.report(DiagnosticCode.E102, SourceSpan.ofFile(fileName), "the spec is longer than 1 MiB",
                    "use blocks and repeat where layers are alike");
            return Optional.empty();
        }
        TextPlaces places = new TextPlaces(fileName, text);
        Optional<SourceSpan> unprintable = places.firstUnprintable();
        if (unprintable.isPresent()) {
            diagnostics.report(DiagnosticCode.E101, unprintable.get(),
                    "the spec contains a character that YAML does not allow",
                    "remove it; a spec is UTF-8 text");
            return Optional.empty();
        }
        return new YamlReader(places, text, diagnostics).read();
    }

    private Optional<Value> read() {
        try {
            Optional<Value> root = document();
            return sound ? root : Optional.empty();
        } catch (MarkedYamlEngineException problem) {
            YamlProblems.report(problem, places, diagnostics);
        } catch (YamlEngineException problem) {
            diagnostics.report(DiagnosticCode.E101, places.wholeFile(),
                    Quotation.line(String.valueOf(problem.getMessage())),
                    "a spec is UTF-8 text");
        } catch (NumberFormatException _) {
            // The engine lets it out where an escape such as \x lacks all of its digits.
            SourceSpan span = stream.getMark().map(places::at).orElseGet(places::wholeFile);
            diagnostics.report(DiagnosticCode.E101, span, "YAML has no such escape", YamlProblems.ESCAPE_HELP);
        } catch (TooDeepException problem) {
            diagnostics.report(DiagnosticCode.E102, problem.span,
                    "lists and mappings are nested more than " + DEEPEST + " deep", "move inner layers into a block");
        }
        return Optional.empty();
    }

    private static boolean isTooLong(String text) {
        return text.length() > LONGEST || text.codePoints().mapToLong(YamlReader::byteCount).sum() > LONGEST;
    }

    private static int byteCount(int codePoint) {
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    private Optional<Value> document() {
        parser.next();
        if (!parser.checkEvent(Event.ID.DocumentStart)) {
            diagnostics.report(DiagnosticCode.E104, places.wholeFile(), "the spec is empty",
                    "begin with model: and its name");
            return Optional.empty();
        }
        parser.next();
        Value root = node(0);
        parser.next();
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            refuse(places.at(parser.peekEvent()), "a second YAML document begins here",
                    "keep one spec in a file, without further '---'");
        }
        return Optional.of(root);
    }

    private Value node(int depth) {
        Event event = parser.next();
        SourceSpan span = places.at(event);
        if (event instanceof AliasEvent alias) {
            refuse(span, "an alias, *" + Quotation.line(alias.getAlias().getValue()) + ", is not allowed in a spec",
                    "use a block for what is written once and used often");
            return new Scalar("", true, span);
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            refuse(span,
                    "an anchor, &" + Quotation.line(node.getAnchor().get().getValue()) + ", is not allowed in a spec",
                    "use a block for what is written once and used often");
        }
        if (event instanceof ScalarEvent scalar) {
            refuseTag(scalar.getTag(), span);
            return new Scalar(scalar.getValue(), scalar.isPlain(), span);
        }
        refuseTag(((CollectionStartEvent) event).getTag(), span);
        if (depth >= DEEPEST) {
            throw new TooDeepException(span);
        }
        return event.getEventId() == Event.ID.SequenceStart ? sequence(event, depth) : mapping(event, depth);
    }

    private Sequence sequence(Event start, int depth) {
        List<Value> items = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            items.add(node(depth + 1));
        }
        return new Sequence(items, places.between(start, parser.next()));
    }

    private Mapping mapping(Event start, int depth) {
        List<Entry> entries = new ArrayList<>();
        Map<String, Scalar> firsts = new HashMap<>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Value key = node(depth + 1);
            Value value = node(depth + 1);
            if (!(key instanceof Scalar word)) {
                refuse(key.span(), "a key must be a word, not " + key.describe(), "write key: value");
            } else if (firsts.putIfAbsent(word.text(), word) != null) {
                diagnostics.report(DiagnosticCode.E109, word.span(),
                        "the key " + Quotation.of(word.text()) + " is given twice, first in line "
                                + firsts.get(word.text()).span().line(),
                        "remove one of them");
            } else {
                entries.add(new Entry(word, value));
            }
        }
        return new Mapping(entries, places.between(start, parser.next()));
    }

    private void refuseTag(Optional<String> tag, SourceSpan span) {
        if (tag.isPresent()) {
            refuse(span, "a tag, " + Quotation.line(tag.get().replace("tag:yaml.org,2002:", "!!"))
                    + ", is not allowed in a spec", "remove it");
        }
    }

    private void refuse(SourceSpan span, String message, String help) {
        diagnostics.report(DiagnosticCode.E101, span, message, help);
        sound = false;
    }

    /** Ends the reading of a document that is nested too deep. */
    private static final class TooDeepException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient SourceSpan span;

        TooDeepException(SourceSpan span) {
            super(null, null, false, false);
            this.span = span;
        }
    }
}
