/** Networks that other tools wrote: what is common to reading them from all formats. */
package io.xceptionc.compiler.foreign;
