/** The Maven plugin: runs the compiler in a process of its own, and tells Maven and IDEs what came of it. */
package io.xceptionc.maven;
