/** The command line: finds the verb and turns what ends it into an exit code. */
package io.xceptionc.cli;
