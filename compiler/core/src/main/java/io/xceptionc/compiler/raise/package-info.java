/**
 * Writes graphs as specs: finds their repeats and blocks (anti-unification), and says the rest in the words of the
 * language.
 */
package io.xceptionc.compiler.raise;
