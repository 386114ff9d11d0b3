/** Unfolds a spec into the graph of its network. */
package io.xceptionc.compiler.lower;
