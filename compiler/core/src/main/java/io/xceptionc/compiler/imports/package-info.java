/** Writes networks that came from other tools as specs. */
package io.xceptionc.compiler.imports;
