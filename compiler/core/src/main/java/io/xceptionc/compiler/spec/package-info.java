/** The spec language: its table of keywords, its parser, and the syntax records that the parser yields. */
package io.xceptionc.compiler.spec;
