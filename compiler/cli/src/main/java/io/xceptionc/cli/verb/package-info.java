/** One class per verb: turns arguments into what the compiler or the runtime is asked for. */
package io.xceptionc.cli.verb;
