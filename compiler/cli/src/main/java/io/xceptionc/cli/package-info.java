/** The command line: turns arguments into compiler options and exit codes. */
package io.xceptionc.cli;
