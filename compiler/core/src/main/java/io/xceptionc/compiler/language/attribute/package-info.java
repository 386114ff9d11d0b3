/**
 * What the attributes of the language may be: types with bounds, how a value is read and written, and what is meant by
 * a near miss.
 */
package io.xceptionc.compiler.language.attribute;
