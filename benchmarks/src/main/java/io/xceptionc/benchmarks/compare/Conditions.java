package io.xceptionc.benchmarks.compare;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * On what machine, when and how was measured.
 *
 * @param machine the processor and memory
 * @param software the operating system and Java
 * @param date the day
 * @param command what repeats it
 */
record Conditions(String machine, String software, LocalDate date, String command) {

    /** Those of this process, now. */
    static Conditions here(String command) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        String processor = value(Path.of("/proc/cpuinfo"), "model name").orElse(System.getProperty("os.arch"));
        String distribution = value(Path.of("/etc/os-release"), "PRETTY_NAME")
                .orElse(System.getProperty("os.name") + " " + System.getProperty("os.version"));
        return new Conditions(
                "%s, %d processors, %.0f GiB".formatted(processor, Runtime.getRuntime().availableProcessors(),
                        system.getTotalMemorySize() / (double) (1 << 30)),
                "%s, %s %s".formatted(distribution, System.getProperty("java.vm.vendor"), Runtime.version()),
                LocalDate.now(ZoneId.systemDefault()), command);
    }

    /** What stands after the first {@code key} and a colon or an equals sign. */
    private static Optional<String> value(Path file, String key) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.replaceFirst("^[^:=]*[:=]\\s*", "").replace("\"", "")).findFirst();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
