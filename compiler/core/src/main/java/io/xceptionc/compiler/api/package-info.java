/** What programs, the command line and build tools call: the compiler as one pipeline, its options and its reports. */
package io.xceptionc.compiler.api;
