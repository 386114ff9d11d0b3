package io.xceptionc.examples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Each limit has its option, and what is wrong with a call is said at once. */
class ServiceArgumentsTest {

    @Test
    void takesNothingAPortAndOptions() {
        assertEquals(ServiceOptions.DEFAULT, ServiceArguments.parse());
        assertEquals(ServiceOptions.DEFAULT.withPort(0), ServiceArguments.parse("0"));
        ServiceOptions all = new ServiceOptions("::1", 81, 2, 3, Duration.ofSeconds(4), Duration.ofMillis(500),
                Duration.ofSeconds(6), new ClientLimits(7, Duration.ofSeconds(8), Duration.ofSeconds(9),
                        Duration.ofSeconds(10), Duration.ofSeconds(11), 12, 13_000_000_000L));
        assertEquals(all,
                ServiceArguments.parse(("81 --host ::1 --runs 2 --waiting 3 --patience 4 --notice 0.5 --shutdown 6"
                        + " --connections 7 --idle-time 8 --header-time 9 --body-time 10 --answer-time 11 --body-bytes 12"
                        + " --buffered-bytes 13000000000").split(" ")));
    }

    @Test
    void saysAllThatIsWrong() {
        IllegalArgumentException problem =
                assertThrows(IllegalArgumentException.class, () -> ServiceArguments.parse("-1",
                        "--runs", "0", "--idle-time", "-5", "--buffered-bytes", "many", "--fast", "1", "--host"));
        assertEquals("""
                the port must be a whole number from 0 to 65535, not '-1'
                --runs must be a whole number from 1 to 10000, not '0'
                --idle-time must be a number of seconds, not '-5'
                --buffered-bytes must be a whole number, not 'many'
                there is no option --fast
                --host needs a value, and nothing follows it""", problem.getMessage());
    }

    @Test
    void wantsRoomForABody() {
        assertEquals("--buffered-bytes must not be less than --body-bytes",
                assertThrows(IllegalArgumentException.class, () -> ServiceArguments.parse("--buffered-bytes", "1"))
                        .getMessage());
    }
}
