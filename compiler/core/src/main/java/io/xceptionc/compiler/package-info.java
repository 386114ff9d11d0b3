/** The compiler as one pipeline: spec and weights in, model jar out. */
package io.xceptionc.compiler;
