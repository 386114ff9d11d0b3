/** The words after a verb: parsed, and in groups that several verbs share. */
package io.xceptionc.cli.option;
