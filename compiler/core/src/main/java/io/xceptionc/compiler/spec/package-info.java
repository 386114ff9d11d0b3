/** The parser of the spec language, and the syntax records that it yields. */
package io.xceptionc.compiler.spec;
