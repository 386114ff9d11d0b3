package io.xceptionc.compiler.format.onnx;

/**
 * The numbers of the fields of ONNX's messages, by their names there; what is read and what is written follows this one
 * table.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>
 */
public final class OnnxFields {

    private OnnxFields() {}

    /** ModelProto. */
    public static final class Model {
        public static final int IR_VERSION = 1;
        public static final int PRODUCER_NAME = 2;
        public static final int PRODUCER_VERSION = 3;
        public static final int DOMAIN = 4;
        public static final int MODEL_VERSION = 5;
        public static final int DOC_STRING = 6;
        public static final int GRAPH = 7;
        public static final int OPSET_IMPORT = 8;
        public static final int FUNCTIONS = 25;

        private Model() {}
    }

    /** OperatorSetIdProto. */
    public static final class OperatorSet {
        public static final int DOMAIN = 1;
        public static final int VERSION = 2;

        private OperatorSet() {}
    }

    /** FunctionProto. */
    public static final class Function {
        public static final int NAME = 1;
        public static final int INPUT = 4;
        public static final int OUTPUT = 5;
        public static final int NODE = 7;
        public static final int OPSET_IMPORT = 9;
        public static final int DOMAIN = 10;
        public static final int ATTRIBUTE_PROTO = 11;

        private Function() {}
    }

    /** GraphProto. */
    public static final class Graph {
        public static final int NODE = 1;
        public static final int NAME = 2;
        public static final int INITIALIZER = 5;
        public static final int INPUT = 11;
        public static final int OUTPUT = 12;

        private Graph() {}
    }

    /** NodeProto. */
    public static final class Node {
        public static final int INPUT = 1;
        public static final int OUTPUT = 2;
        public static final int NAME = 3;
        public static final int OP_TYPE = 4;
        public static final int ATTRIBUTE = 5;
        public static final int DOMAIN = 7;

        private Node() {}
    }

    /** AttributeProto. */
    public static final class Attribute {
        public static final int NAME = 1;
        public static final int F = 2;
        public static final int I = 3;
        public static final int S = 4;
        public static final int T = 5;
        public static final int G = 6;
        public static final int FLOATS = 7;
        public static final int INTS = 8;
        public static final int STRINGS = 9;
        public static final int TENSORS = 10;
        public static final int GRAPHS = 11;
        public static final int TP = 14;
        public static final int TYPE_PROTOS = 15;
        public static final int TYPE = 20;
        public static final int REF_ATTR_NAME = 21;
        public static final int SPARSE_TENSOR = 22;
        public static final int SPARSE_TENSORS = 23;

        private Attribute() {}
    }

    /** AttributeProto.AttributeType: no fields, but the values of {@link Attribute#TYPE}. */
    public static final class AttributeType {
        public static final int FLOAT = 1;
        public static final int INT = 2;
        public static final int STRING = 3;
        public static final int TENSOR = 4;
        public static final int GRAPH = 5;
        public static final int FLOATS = 6;
        public static final int INTS = 7;

        private AttributeType() {}
    }

    /** ValueInfoProto. */
    public static final class Value {
        public static final int NAME = 1;
        public static final int TYPE = 2;

        private Value() {}
    }

    /** TypeProto. */
    public static final class Type {
        public static final int TENSOR_TYPE = 1;

        private Type() {}
    }

    /** TypeProto.Tensor. */
    public static final class TensorType {
        public static final int ELEM_TYPE = 1;
        public static final int SHAPE = 2;

        private TensorType() {}
    }

    /** TensorShapeProto. */
    public static final class Shape {
        public static final int DIM = 1;

        private Shape() {}
    }

    /** TensorShapeProto.Dimension. */
    public static final class Dimension {
        public static final int DIM_VALUE = 1;

        private Dimension() {}
    }

    /** TensorProto. */
    public static final class Tensor {
        public static final int DIMS = 1;
        public static final int DATA_TYPE = 2;
        public static final int SEGMENT = 3;
        public static final int FLOAT_DATA = 4;
        public static final int INT32_DATA = 5;
        public static final int INT64_DATA = 7;
        public static final int NAME = 8;
        public static final int RAW_DATA = 9;
        public static final int DOUBLE_DATA = 10;
        public static final int UINT64_DATA = 11;
        public static final int EXTERNAL_DATA = 13;
        public static final int DATA_LOCATION = 14;

        private Tensor() {}
    }

    /** StringStringEntryProto. */
    public static final class Entry {
        public static final int KEY = 1;
        public static final int VALUE = 2;

        private Entry() {}
    }
}
