/** What all formats of weights files have in common: tensors with names, types and shapes, read from a mapped file. */
package io.xceptionc.compiler.format.file;
