package io.xceptionc.compiler.language.attribute;

import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A value as the YAML text has it, with its place. */
public sealed interface Value {

    /** Where it stands. */
    SourceSpan span();

    /** Whether <code>${...}</code> occurs in it, so that what it is depends on variables. */
    boolean hasVariables();

    /** How much there is to look at: its scalars, long ones as many. */
    int size();

    /** What it is, to continue the words {@code must be ..., not}. */
    String describe();

    /**
     * A single word, number or text.
     *
     * @param text without the quotes, escapes resolved
     * @param plain whether it stood there without quotes
     * @param span the place, quotes included
     */
    record Scalar(String text, boolean plain, SourceSpan span) implements Value {

        private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

        /** Whether it is YAML's null: nothing at all, or a word for nothing. */
        public boolean isNull() {
            return plain && NULLS.contains(text);
        }

        @Override
        public boolean hasVariables() {
            return text.contains("${");
        }

        @Override
        public int size() {
            return 1 + text.length() / 64;
        }

        @Override
        public String describe() {
            return isNull() ? "nothing" : plain ? Quotation.of(text) : "the text " + Quotation.of(text);
        }
    }

    /**
     * A list.
     *
     * @param items in order
     * @param span the place of its first line
     */
    record Sequence(List<Value> items, SourceSpan span) implements Value {

        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public boolean hasVariables() {
            return items.stream().anyMatch(Value::hasVariables);
        }

        @Override
        public int size() {
            return 1 + items.stream().mapToInt(Value::size).sum();
        }

        @Override
        public String describe() {
            return items.size() == 1 ? "a list of one" : "a list of " + items.size();
        }
    }

    /**
     * A mapping; no key occurs twice.
     *
     * @param entries in order
     * @param span the place of its first line
     */
    record Mapping(List<Entry> entries, SourceSpan span) implements Value {

        public Mapping {
            entries = List.copyOf(entries);
        }

        /** The value of a key. */
        public Optional<Value> get(String key) {
            return entries.stream().filter(entry -> entry.key().text().equals(key)).map(Entry::value).findFirst();
        }

        @Override
        public boolean hasVariables() {
            return entries.stream().anyMatch(entry -> entry.value().hasVariables());
        }

        @Override
        public int size() {
            return 1 + entries.stream().mapToInt(entry -> entry.value().size()).sum();
        }

        @Override
        public String describe() {
            return "a mapping";
        }
    }

    /**
     * A key and its value.
     *
     * @param key the key
     * @param value the value; a null {@link Scalar} if there is none
     */
    record Entry(Scalar key, Value value) {}
}
