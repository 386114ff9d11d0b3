package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Quotation;

/** Evaluates integer arithmetic: {@code + - *}, parentheses, numbers and variables. */
final class Expression {

    private static final int LONGEST = 200;
    private static final int DEEPEST = 50;

    private final String text;
    private final Variables variables;
    private int position;
    private int depth;

    private Expression(String text, Variables variables) {
        this.text = text;
        this.variables = variables;
    }

    /** The value of an expression. */
    static long evaluate(String text, Variables variables) throws ExpressionException {
        if (text.length() > LONGEST) {
            throw new ExpressionException(DiagnosticCode.E111,
                    "the expression is longer than " + LONGEST + " characters", "use a simpler one");
        }
        Expression expression = new Expression(text, variables);
        try {
            long value = expression.sum();
            expression.requireEnd();
            return value;
        } catch (ArithmeticException _) {
            throw new ExpressionException(DiagnosticCode.E111, "the value of ${" + text + "} is too large",
                    "use smaller numbers");
        }
    }

    private long sum() throws ExpressionException {
        long value = product();
        while (peek() == '+' || peek() == '-') {
            char operator = text.charAt(position++);
            long right = product();
            value = operator == '+' ? Math.addExact(value, right) : Math.subtractExact(value, right);
        }
        return value;
    }

    private long product() throws ExpressionException {
        long value = factor();
        while (peek() == '*') {
            position++;
            value = Math.multiplyExact(value, factor());
        }
        return value;
    }

    private long factor() throws ExpressionException {
        if (++depth > DEEPEST) {
            throw new ExpressionException(DiagnosticCode.E111,
                    "the expression is nested more than " + DEEPEST + " deep", "use a simpler one");
        }
        char first = peek();
        long value;
        if (first == '-') {
            position++;
            value = Math.negateExact(factor());
        } else if (first == '(') {
            position++;
            value = sum();
            if (peek() != ')') {
                throw unexpected("a ')'");
            }
            position++;
        } else {
            value = atom();
        }
        depth--;
        return value;
    }

    private long atom() throws ExpressionException {
        int start = position;
        while (position < text.length() && isWordCharacter(text.charAt(position))) {
            position++;
        }
        String word = text.substring(start, position);
        if (word.isEmpty()) {
            throw unexpected("a number or a variable");
        }
        if (!Character.isDigit(word.charAt(0))) {
            return variables.integer(word);
        }
        if (!word.matches("[0-9]{1,18}")) {
            throw new ExpressionException(DiagnosticCode.E111, Quotation.of(word) + " is no number",
                    "use integers, + - * and parentheses");
        }
        return Long.parseLong(word);
    }

    private static boolean isWordCharacter(char character) {
        return character == '_' || (character < 128 && Character.isLetterOrDigit(character));
    }

    /** The next character that is no space; 0 at the end. */
    private char peek() {
        while (position < text.length() && text.charAt(position) == ' ') {
            position++;
        }
        return position < text.length() ? text.charAt(position) : 0;
    }

    private void requireEnd() throws ExpressionException {
        if (peek() != 0) {
            throw unexpected("an operator or the end");
        }
    }

    private ExpressionException unexpected(String wanted) {
        String found =
                position < text.length() ? Quotation.of(Character.toString(text.codePointAt(position))) : "the end";
        return new ExpressionException(DiagnosticCode.E111,
                "${" + Quotation.line(text) + "} has " + found + " where " + wanted + " should be",
                "use integers, variables, + - * and parentheses");
    }
}
