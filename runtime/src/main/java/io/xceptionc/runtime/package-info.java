/** What a compiled model needs at run time; depends on the JDK only. */
package io.xceptionc.runtime;
