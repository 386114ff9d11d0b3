package io.xceptionc.compiler.format.zip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.ElementType;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.file.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipArchiveTest {

    private static final Map<String, byte[]> MEMBERS = members();

    @TempDir
    private Path folder;

    private static Map<String, byte[]> members() {
        Map<String, byte[]> members = new LinkedHashMap<>();
        byte[] noise = new byte[200_000];
        new Random(1).nextBytes(noise);
        members.put("größe/noise", noise);
        members.put("folder/", new byte[0]);
        members.put("folder/text", "abc".repeat(50_000).getBytes(StandardCharsets.US_ASCII));
        members.put("empty", new byte[0]);
        members.put("one", new byte[] {7});
        return members;
    }

    @Test
    void readsStoredMembersAlsoWhereTheyLie() throws IOException, InvalidInputException {
        byte[] bytes = HandmadeZip.stored(MEMBERS);
        ZipArchive archive = requireMembers(bytes);
        for (ZipMember member : archive.members()) {
            assertTrue(member.isStored());
            assertArrayEquals(MEMBERS.get(member.name()), Arrays.copyOfRange(bytes, (int) member.byteOffset(),
                    (int) (member.byteOffset() + member.byteCount())));
        }
    }

    @Test
    void readsDeflatedMembersWithDescriptors() throws IOException, InvalidInputException {
        requireMembers(HandmadeZip.deflated(MEMBERS));
    }

    @Test
    void readsAnArchiveWithAComment() throws IOException, InvalidInputException {
        byte[] bytes = HandmadeZip.stored(Map.of("one", new byte[1]));
        byte[] commented = Arrays.copyOf(bytes, bytes.length + 300);
        requireOne(HandmadeZip.copy(commented).putShort(bytes.length - 2, 300).bytes());
    }

    private static ZipArchive requireMembers(byte[] bytes) throws InvalidInputException, IOException {
        ZipArchive archive = HandmadeZip.open(bytes);
        assertEquals(List.copyOf(MEMBERS.keySet()), archive.members().stream().map(ZipMember::name).toList());
        for (ZipMember member : archive.members()) {
            byte[] expected = MEMBERS.get(member.name());
            assertArrayEquals(expected, archive.bytes(member, expected.length));
            archive.requireIntact(member);
            assertEquals(expected.length == 0 ? -1 : expected[0] & 0xff, archive.stream(member).read());
            assertEquals(member, archive.find(member.name()).orElseThrow());
            assertEquals(member.name().equals("folder/"), member.isFolder());
        }
        return archive;
    }

    private static void requireOne(byte[] archive) throws InvalidInputException {
        assertEquals("one", HandmadeZip.open(archive).members().getFirst().name());
    }

    @Test
    void refusesToReadMoreThanAskedFor() throws IOException, InvalidInputException {
        ZipArchive archive = HandmadeZip.open(HandmadeZip.stored(Map.of("a", new byte[10])));
        InvalidInputException refused = assertThrows(InvalidInputException.class,
                () -> archive.bytes(archive.members().getFirst(), 9));
        assertEquals("w.zip: error[E303]: has the member 'a', which has 10 bytes, more than the 9 allowed",
                refused.getMessage());
    }

    @Test
    void everyTruncationIsATypedError() throws IOException {
        for (byte[] archive : List.of(HandmadeZip.stored(small()), HandmadeZip.deflated(small()))) {
            for (int length = 0; length < archive.length; length++) {
                byte[] cut = Arrays.copyOf(archive, length);
                assertThrows(InvalidInputException.class, () -> HandmadeZip.open(cut));
            }
        }
    }

    @Property(tries = 2000)
    void aBitFlippedIsATypedErrorOrChangesNothing(@ForAll boolean isStored, @ForAll @IntRange(max = 1 << 20) int bit)
            throws IOException {
        byte[] archive = isStored ? HandmadeZip.stored(small()) : HandmadeZip.deflated(small());
        archive[bit / 8 % archive.length] ^= (byte) (1 << bit % 8);
        try {
            ZipArchive opened = HandmadeZip.open(archive);
            for (ZipMember member : opened.members()) {
                assertArrayEquals(small().get(member.name()), opened.bytes(member, 1000));
            }
        } catch (InvalidInputException typed) {
            assertEquals(1, typed.diagnostics().size());
        }
    }

    private static Map<String, byte[]> small() {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("a", "some bytes, some more bytes".getBytes(StandardCharsets.US_ASCII));
        members.put("b/c", new byte[100]);
        return members;
    }

    @Test
    void readsZip64BeyondFourGibibytes() throws IOException, InvalidInputException {
        long fillerBytes = 5L << 30;
        CRC32 checksum = new CRC32();
        checksum.update(new byte[] {0, 0, (byte) 0xc0, 0x3f});
        ByteBuffer filler = local("filler", 0, fillerBytes);
        ByteBuffer tail = local("tail", checksum.getValue(), 4).limit(100);
        int tailHeaderBytes = tail.position();
        tail.put(new byte[] {0, 0, (byte) 0xc0, 0x3f});
        long tailOffset = filler.position() + fillerBytes;
        Path path = folder.resolve("large.zip");
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE)) {
            channel.write(filler.flip(), 0);
            channel.write(tail.flip(), tailOffset);
            channel.write(endOfZip64(tailOffset, fillerBytes, checksum.getValue(), tailOffset + tailHeaderBytes + 4),
                    tailOffset + tailHeaderBytes + 4);
        }
        try (MappedFile file = MappedFile.open(path)) {
            ZipArchive archive = ZipArchive.of(file);
            ZipMember member = archive.find("tail").orElseThrow();
            assertEquals(tailOffset + tailHeaderBytes, member.byteOffset());
            archive.requireIntact(member);
            assertArrayEquals(new float[] {1.5f},
                    file.values(new TensorInfo("t", ElementType.F32, List.of()), member.byteOffset()));
            assertEquals(fillerBytes, archive.find("filler").orElseThrow().byteCount());
        }
    }

    private static ByteBuffer local(String name, long checksum, long byteCount) {
        return ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN).putInt(HandmadeZip.LOCAL_HEADER)
                .putShort((short) 45).putInt(0).putInt(0).putInt((int) checksum).putInt(-1).putInt(-1)
                .putShort((short) name.length()).putShort((short) 20)
                .put(name.getBytes(StandardCharsets.US_ASCII)).putShort((short) 1).putShort((short) 16)
                .putLong(byteCount).putLong(byteCount);
    }

    private static ByteBuffer endOfZip64(long tailOffset, long fillerBytes, long checksum, long directoryOffset) {
        ByteBuffer end = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
        central(end, "filler", 0, fillerBytes, 0);
        central(end, "tail", checksum, 4, tailOffset);
        long directoryBytes = end.position();
        end.putInt(0x06064b50).putLong(44).putInt(45).putInt(0).putInt(0).putLong(2).putLong(2).putLong(directoryBytes)
                .putLong(directoryOffset);
        end.putInt(0x07064b50).putInt(0).putLong(directoryOffset + directoryBytes).putInt(1);
        return end.putInt(HandmadeZip.END).putInt(0).putShort((short) 2).putShort((short) 2).putInt(-1).putInt(-1)
                .putShort((short) 0).flip();
    }

    private static void central(ByteBuffer target, String name, long checksum, long byteCount, long headerOffset) {
        target.putInt(HandmadeZip.CENTRAL_HEADER).putInt(45).putInt(0).putInt(0).putInt((int) checksum).putInt(-1)
                .putInt(-1).putShort((short) name.length()).putShort((short) 28).putShort((short) 0).putShort((short) 0)
                .putShort((short) 0).putInt(0).putInt(-1).put(name.getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 1).putShort((short) 24).putLong(byteCount).putLong(byteCount).putLong(headerOffset);
    }
}
