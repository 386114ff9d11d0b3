package io.xceptionc.compiler.api;

/**
 * A network's graph in one of its states.
 *
 * @param pass the pass that left it so; empty before all passes
 * @param isChanged whether it is another graph than before
 * @param text the graph, a node on a line
 */
public record RewrittenGraph(String pass, boolean isChanged, String text) {}
