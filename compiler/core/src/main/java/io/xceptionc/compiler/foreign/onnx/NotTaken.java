package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.onnx.OnnxNode;
import java.util.Set;

/** Why an operator cannot be imported, and the way on where there is one. */
record NotTaken(String message, String help) {

    private static final NotTaken UNKNOWN = new NotTaken("there is no such operator in the spec language", "");

    private static final NotTaken QUANTISED = new NotTaken("it computes with whole numbers, which stand for others",
            "only weights may be quantised: import the model that was there before");

    private static final NotTaken AFTERWARDS = new NotTaken("it chooses among what a network has found",
            "that belongs to the program around it: end the model before it, onnx.utils.extract_model(FILE, PART,"
                    + " input_names, output_names)");

    private static final NotTaken REPEATED = new NotTaken("it computes again and again, as its input has it",
            "export the model for a fixed size of the input");

    private static final NotTaken OF_POWERS = new NotTaken("it adds up powers under a window",
            "pools are known of maxima and means: max_pool2d, avg_pool2d");

    private static final NotTaken OF_EXPONENTIALS = new NotTaken("it takes logarithms of sums",
            "only log_softmax does so: x - logsumexp(x) as one operator");

    private static final NotTaken OF_TENSORFLOW =
            new NotTaken("it is an operation of TensorFlow that tf2onnx left as it was",
                    "no tool can run this file: import what model.save('model.keras') writes");

    private static final Set<String> OPERATIONS_OF_TENSORFLOW = Set.of("PartitionedCall", "StatefulPartitionedCall",
            "Erfc", "XlaConvV2", "XlaDot", "XlaReduceWindow", "ReadVariableOp", "VarHandleOp");

    private static final Set<String> QUANTISING = Set.of("QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear",
            "QLinearConv", "QLinearMatMul", "ConvInteger", "MatMulInteger");

    private static final Set<String> CHOOSING = Set.of("NonMaxSuppression", "TopK", "NonZero", "RoiAlign",
            "MaxRoiPool", "Unique", "Compress");

    /** Of an operator that computes with more than constants. */
    static NotTaken of(OnnxNode node) {
        String operator = node.operator();
        if (!OnnxImport.isOwnDomain(node)) {
            return operator.startsWith("QLinear") || operator.startsWith("Quantize")
                    ? QUANTISED
                    : foreign(node.domain());
        }
        if (operator.equals("If")) {
            return new NotTaken("its condition depends on what the network computes", REPEATED.help);
        }
        if (operator.equals("LpPool") || operator.equals("GlobalLpPool")) {
            return OF_POWERS;
        }
        if (operator.equals("ReduceLogSumExp") || operator.equals("ReduceLogSum")) {
            return OF_EXPONENTIALS;
        }
        if (QUANTISING.contains(operator)) {
            return QUANTISED;
        }
        if (CHOOSING.contains(operator)) {
            return AFTERWARDS;
        }
        if (OPERATIONS_OF_TENSORFLOW.contains(operator)) {
            return OF_TENSORFLOW;
        }
        return operator.equals("Loop") || operator.equals("Scan") ? REPEATED : UNKNOWN;
    }

    private static NotTaken foreign(String domain) {
        String what = "it is an operator of the domain " + Quotation.of(domain);
        return new NotTaken(what, domain.startsWith("com.microsoft")
                ? "ONNX Runtime wrote its own form of the model: import the one that was there before, or save with"
                        + " graph_optimization_level = ORT_ENABLE_BASIC"
                : "only ONNX's own operators can be imported");
    }
}
