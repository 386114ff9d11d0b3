package io.xceptionc.compiler.format.zip;

import static io.xceptionc.compiler.format.zip.HandmadeZip.CENTRAL_HEADER;
import static io.xceptionc.compiler.format.zip.HandmadeZip.END;
import static io.xceptionc.compiler.format.zip.HandmadeZip.LOCAL_HEADER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.safetensors.HandmadeSafetensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileZipTest {

    private static final int DESCRIPTOR = 0x08074b50;

    private final byte[] twoMembers;
    private final byte[] deflated;

    HostileZipTest() throws IOException {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("ab", new byte[] {1, 2, 3});
        members.put("cd", new byte[] {4, 5, 6, 7});
        twoMembers = HandmadeZip.stored(members);
        deflated = HandmadeZip.deflated(Map.of("bomb", new byte[100_000]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "/a", "a\\", "\0a", "C:"})
    void namesThatLeadElsewhere(String name) {
        HandmadeZip lie = HandmadeZip.copy(twoMembers);
        lie.putText(lie.find(LOCAL_HEADER, 0) + 30, name).putText(lie.find(CENTRAL_HEADER, 0) + 46, name);
        assertEquals(member(name.replace("\0", "\\u{0}"), "is no relative path inside the archive"), problem(lie));
    }

    @Test
    void namesThatAreNoText() {
        HandmadeZip lie = HandmadeZip.copy(twoMembers);
        lie.putShort(lie.find(CENTRAL_HEADER, 0) + 46, 0xffff);
        assertEquals(archive("has a member whose name is not UTF-8"), problem(lie));
    }

    @Test
    void membersThatAreThereTwice() {
        HandmadeZip lie = HandmadeZip.copy(twoMembers);
        lie.putText(lie.find(LOCAL_HEADER, 1) + 30, "ab").putText(lie.find(CENTRAL_HEADER, 1) + 46, "ab");
        assertEquals(member("ab", "is there twice"), problem(lie));
    }

    @Test
    void membersThatOverlap() {
        HandmadeZip lie = HandmadeZip.copy(twoMembers);
        int first = lie.find(LOCAL_HEADER, 0);
        int central = lie.find(CENTRAL_HEADER, 0);
        lie.putInt(first + 18, 20).putInt(first + 22, 20).putInt(central + 20, 20).putInt(central + 24, 20);
        assertEquals(member("cd", "overlaps the member 'ab'"), problem(lie));
        HandmadeZip same = HandmadeZip.copy(twoMembers);
        same.putInt(same.find(CENTRAL_HEADER, 1) + 42, 0);
        assertEquals(member("cd", "overlaps the member 'ab'"), problem(same));
    }

    @Test
    void membersThatReachIntoTheDirectory() {
        HandmadeZip lie = HandmadeZip.copy(twoMembers);
        int local = lie.find(LOCAL_HEADER, 1);
        int central = lie.find(CENTRAL_HEADER, 1);
        lie.putInt(local + 18, 5).putInt(local + 22, 5).putInt(central + 20, 5).putInt(central + 24, 5);
        assertEquals(member("cd", "is cut off: it has 5 bytes at byte 67, but the archive's members end at byte 71"),
                problem(lie));
    }

    @Test
    void membersOutsideTheFile() {
        HandmadeZip lie = HandmadeZip.copy(twoMembers);
        lie.putInt(lie.find(CENTRAL_HEADER, 1) + 42, 0xffff_fff0L);
        assertEquals(member("cd",
                "is cut off: it has 30 bytes at byte 4294967280, but the archive's members end at byte 71"),
                problem(lie));
    }

    @Test
    void headersThatDisagree() {
        for (Map.Entry<Integer, String> field : Map.of(6, "flags", 8, "method", 14, "checksum", 18, "length", 22,
                "length", 30, "name").entrySet()) {
            HandmadeZip lie = HandmadeZip.copy(twoMembers);
            lie.putShort(lie.find(LOCAL_HEADER, 0) + field.getKey(), 0x4242);
            assertEquals(member("ab", "has another " + field.getValue()
                    + " in its own header than in the archive's directory"), problem(lie));
        }
        HandmadeZip none = HandmadeZip.copy(twoMembers);
        none.putInt(0, 0);
        assertEquals(member("ab", "has no header at byte 0, where the directory says that it is"), problem(none));
    }

    @Test
    void descriptorsThatDisagree() {
        HandmadeZip lie = HandmadeZip.copy(deflated);
        lie.putInt(lie.find(DESCRIPTOR, 0) + 12, 100_001);
        assertEquals(member("bomb", "is not followed by the checksum and length that the directory has"), problem(lie));
    }

    @Test
    void whatCannotBeRead() {
        HandmadeZip encrypted = HandmadeZip.copy(twoMembers);
        encrypted.putShort(encrypted.find(CENTRAL_HEADER, 0) + 8, 1);
        assertEquals(member("ab", "is encrypted"), problem(encrypted));
        HandmadeZip method = HandmadeZip.copy(twoMembers);
        method.putShort(method.find(CENTRAL_HEADER, 0) + 10, 14);
        assertEquals(member("ab", "is compressed by the method 14; 0 (stored) and 8 (deflated) are supported"),
                problem(method));
        HandmadeZip part = HandmadeZip.copy(twoMembers);
        part.putShort(part.find(END, 0) + 4, 1);
        assertEquals(
                "w.zip: error[E303]: is one of several parts of a zip archive (put the parts together to one archive)",
                problem(part));
    }

    @Test
    void counts() {
        HandmadeZip many = HandmadeZip.copy(twoMembers);
        int end = many.find(END, 0);
        many.putShort(end + 8, 3).putShort(end + 10, 3);
        assertEquals(archive("declares a directory of 3 members at byte 71 and of 96 bytes, but what is there ends at"
                + " byte 167"), problem(many));
        HandmadeZip few = HandmadeZip.copy(twoMembers);
        few.putShort(end + 8, 1).putShort(end + 10, 1);
        assertEquals(archive("has 48 bytes after its directory's 1 members"), problem(few));
        HandmadeZip large = HandmadeZip.copy(twoMembers);
        large.putInt(end + 12, 0x7fff_ffff);
        assertEquals(archive("declares a directory of 2 members and 2147483647 bytes, more than the 200000 and 67108864"
                + " allowed"), problem(large));
        HandmadeZip elsewhere = HandmadeZip.copy(twoMembers);
        elsewhere.putInt(end + 16, 70);
        assertEquals(archive("declares a directory of 2 members at byte 70 and of 96 bytes, but what is there ends at"
                + " byte 167"), problem(elsewhere));
    }

    @Test
    void zip64ThatIsNotThere() {
        HandmadeZip lie = HandmadeZip.copy(twoMembers);
        int central = lie.find(CENTRAL_HEADER, 0);
        lie.putInt(central + 20, -1).putInt(central + 24, -1);
        assertEquals(member("ab", "has another length in its own header than in the archive's directory"),
                problem(lie));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0   | 7   | has no zip64 record at byte 167, where it says that it is
            4   | 45  | has no zip64 record at byte 167, where it says that it is
            32  | 3   | is one of several parts of a zip archive
            40  | 95  | has two records at its end that disagree on where its directory is
            48  | 70  | has two records at its end that disagree on where its directory is
            64  | 166 | has no zip64 record at byte 166, where it says that it is
            64  | 168 | says that its zip64 record is at byte 168, where it cannot be
            71  | 255 | says that its zip64 record is at byte 18374686479671623847, where it cannot be
            """)
    void zip64ThatLies(int position, int value, String message) throws InvalidInputException {
        byte[] archive = zip64();
        assertEquals(2, HandmadeZip.open(archive).members().size());
        archive[twoMembers.length - 22 + position] = (byte) value;
        String problem = problem(HandmadeZip.copy(archive));
        assertEquals("w.zip: error[E303]: " + message, problem.substring(0, problem.indexOf(" (")));
    }

    /** The archive of two members with a zip64 record and its locator before the end record. */
    private byte[] zip64() {
        int end = twoMembers.length - 22;
        return ByteBuffer.allocate(twoMembers.length + 76).order(ByteOrder.LITTLE_ENDIAN).put(twoMembers, 0, end)
                .putInt(0x06064b50).putLong(44).putInt(45).putInt(0).putInt(0).putLong(2).putLong(2).putLong(end - 71)
                .putLong(71).putInt(0x07064b50).putInt(0).putLong(end).putInt(1).put(twoMembers, end, 22).array();
    }

    @Test
    void checksums() {
        HandmadeZip lie = HandmadeZip.copy(twoMembers);
        lie.putText(32, "!");
        assertEquals(member("ab", "has other bytes than its checksum says"), readingProblem(lie));
    }

    @Test
    void bombsThatDeclareTheirSize() {
        assertEquals(member("bomb", "declares 4294967294 bytes, which cannot have been deflated to 114"),
                problem(declaring(0xffff_fffeL)));
    }

    @Test
    void bombsThatDeclareLess() {
        assertEquals(member("bomb", "inflates to more bytes than it declares"), readingProblem(declaring(99_999)));
    }

    @Test
    void membersThatInflateToLess() {
        assertEquals(member("bomb", "inflates to fewer bytes than it declares"), readingProblem(declaring(100_001)));
    }

    /** The archive whose member inflates to 100,000 bytes, but declares another number everywhere. */
    private HandmadeZip declaring(long byteCount) {
        return declaring(deflated, byteCount);
    }

    private static HandmadeZip declaring(byte[] archive, long byteCount) {
        HandmadeZip lie = HandmadeZip.copy(archive);
        return lie.putInt(lie.find(CENTRAL_HEADER, 0) + 24, byteCount).putInt(lie.find(DESCRIPTOR, 0) + 12, byteCount);
    }

    /** Zeros shrink a thousandfold, weights do not: above 64 MiB, a hundredfold is too much. */
    @Test
    void bombsThatCouldBeZeros() throws IOException, InvalidInputException {
        byte[] noise = new byte[600_000];
        new Random(1).nextBytes(noise);
        byte[] archive = HandmadeZip.deflated(Map.of("bomb", noise));
        long stored = HandmadeZip.open(archive).members().getFirst().storedByteCount();
        assertEquals(member("bomb", "inflates to fewer bytes than it declares"),
                readingProblem(declaring(archive, 1 << 26)));
        assertEquals("w.zip: error[E303]: has the member 'bomb', which is to become 67108865 bytes of " + stored
                + ", as no weights do (if that is intended, pack the archive anew without compression)",
                problem(declaring(archive, (1 << 26) + 1)));
    }

    @Test
    void manyBombsTogether() throws IOException {
        byte[] noise = new byte[11_000_000];
        new Random(1).nextBytes(noise);
        Map<String, byte[]> members = new LinkedHashMap<>();
        for (int i = 0; i < 4; i++) {
            members.put("bomb" + i, noise);
        }
        HandmadeZip lie = HandmadeZip.copy(HandmadeZip.deflated(members));
        for (int i = 0; i < 4; i++) {
            lie.putInt(lie.find(CENTRAL_HEADER, i) + 24, (1 << 30) + 1)
                    .putInt(lie.find(DESCRIPTOR, i) + 12, (1 << 30) + 1);
        }
        assertEquals("w.zip: error[E303]: has members that inflate to more than 4294967296 bytes together (if that is"
                + " intended, pack the archive anew without compression)", problem(lie));
    }

    private static String member(String name, String message) {
        return archive("has the member '" + name + "', which " + message);
    }

    private static String archive(String message) {
        return "w.zip: error[E303]: " + message + " (" + ZipArchive.HELP + ")";
    }

    private static String problem(HandmadeZip archive) {
        return HandmadeSafetensors.text(
                assertThrows(InvalidInputException.class, () -> HandmadeZip.open(archive.bytes())).diagnostics());
    }

    private static String readingProblem(HandmadeZip archive) {
        return HandmadeSafetensors.text(assertThrows(InvalidInputException.class, () -> {
            ZipArchive opened = HandmadeZip.open(archive.bytes());
            opened.requireIntact(opened.members().getFirst());
        }).diagnostics());
    }
}
