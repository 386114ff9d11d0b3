/** Reads zip archives from a mapped file: what they declare is checked before anything is allocated or inflated. */
package io.xceptionc.compiler.format.zip;
