/** Files that are read and written on the caller's behalf. */
package io.xceptionc.cli.file;
