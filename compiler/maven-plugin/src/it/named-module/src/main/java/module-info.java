/** A program with a generated model. */
module com.example.named {
    requires io.xceptionc.runtime;
    requires jdk.incubator.vector;

    opens xceptionc.model.pair to io.xceptionc.runtime; // for the weights beside the classes

    provides io.xceptionc.runtime.ModelProvider with xceptionc.model.pair.PairModel;
}
