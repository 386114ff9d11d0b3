/**
 * The compiler as a build tool runs it, in a process of its own: what to do comes in as properties, what came of it
 * goes out line by line.
 */
package io.xceptionc.compiler.api.build;
