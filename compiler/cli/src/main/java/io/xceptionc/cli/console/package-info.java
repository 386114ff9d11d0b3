/** What the caller sees: answers as text, JSON and CSV, messages, progress and the exit code. */
package io.xceptionc.cli.console;
