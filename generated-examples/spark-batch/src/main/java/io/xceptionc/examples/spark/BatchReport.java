package io.xceptionc.examples.spark;

import java.util.List;

/**
 * What has been done.
 *
 * @param files how many there were, each of which has a row
 * @param bad how many of them could not be read as pictures
 * @param openedBy the ids of the executors that opened the model, once for each time
 */
record BatchReport(long files, long bad, List<String> openedBy) {

    public BatchReport {
        openedBy = List.copyOf(openedBy);
    }
}
