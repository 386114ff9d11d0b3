package io.xceptionc.runtime.picture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What comes through a pipe is read where nobody has to be waited for. */
@Timeout(120)
class PipedPictureTest {

    @TempDir
    private Path folder;

    /** A process that reads a picture from what it was given as standard input. */
    static final class Reader {

        private Reader() {}

        public static void main(String[] files) throws IOException {
            BufferedImage picture = PictureFile.read(Path.of(files[0]));
            System.out.print(picture.getWidth() + " x " + picture.getHeight());
        }
    }

    @Test
    void standardInput() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/stdin")), "the system has no such name");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Reader.class.getName(), "/dev/stdin")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (OutputStream pipe = process.getOutputStream()) {
            ImageIO.write(new BufferedImage(7, 5, BufferedImage.TYPE_INT_RGB), "png", pipe);
        }
        assertEquals("7 x 5", new String(process.getInputStream().readAllBytes(), UTF_8));
    }

    @Test
    void aNamedPipeIsNotWaitedFor() throws Exception {
        Path pipe = folder.resolve("pipe.png");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "there are no pipes");
        assertEquals(pipe + " is no regular file but a pipe, a device or the like; save it to a file first",
                assertThrows(PictureException.class, () -> PictureFile.read(pipe)).getMessage());
    }
}
