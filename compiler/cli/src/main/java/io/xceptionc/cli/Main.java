package io.xceptionc.cli;

/** Entry point of the command line: prints the version. */
public final class Main {

    private Main() {}

    /** Prints the version to standard output. */
    public static void main(String[] arguments) {
        System.out.println("xceptionc " + Main.class.getPackage().getImplementationVersion());
    }
}
