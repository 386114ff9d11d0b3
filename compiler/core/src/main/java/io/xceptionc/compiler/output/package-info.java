/** Files that the compiler writes: whole, lasting, or not at all. */
package io.xceptionc.compiler.output;
