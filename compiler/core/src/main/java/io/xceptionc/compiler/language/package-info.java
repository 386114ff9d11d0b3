/**
 * The language's keywords: one entry for each operator, both ways between what an author writes and what a graph
 * computes.
 */
package io.xceptionc.compiler.language;
