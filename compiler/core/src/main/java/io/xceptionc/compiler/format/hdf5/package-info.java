/**
 * What is inside HDF5 files, of which nothing is believed: objects by their addresses, each link seen before it is
 * followed.
 */
package io.xceptionc.compiler.format.hdf5;
