/** The formats of files of other tools: one ordered list, by which a file is recognised and opened. */
package io.xceptionc.compiler.format;
